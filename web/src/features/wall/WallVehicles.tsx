/** Vehicles on the wall (大屏上的车辆): how many are under way now; nothing where there are none, or nobody may see them. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { countVehicles } from "../../api/vehicles";
import { Lamp } from "../../components/Light";
import { mayAny, useSession } from "../session/session";

export function WallVehicles() {
  const allowed = mayAny(useSession(), ["vehicle.see"]);
  const { data } = useQuery({ queryKey: ["vehicle-counts"], queryFn: ({ signal }) => countVehicles(signal), enabled: allowed, refetchInterval: 15_000, refetchIntervalInBackground: true, retry: false });
  if (!data || data.today === 0) return null;
  return (
    <Link to="/vehicles" className="wall-vehicles" aria-label={`车辆：今日 ${data.today} 辆，在途 ${data.on_road} 辆，报警 ${data.alarm} 辆`}>
      <span>车辆今日 <b>{data.today}</b></span><span>在途 <b>{data.on_road}</b></span><span>重车 <b>{data.loaded}</b></span>
      <span className={data.alarm > 0 ? "red" : ""}>{data.alarm > 0 && <Lamp light="red" size={11} />}报警 <b>{data.alarm}</b></span><span>失联 <b>{data.dark}</b></span>{data.simulated && <em>模拟</em>}
    </Link>
  );
}
