/** The mark of a vehicle's state beside words, as on the map. */
import type { VehicleState } from "../../api/vehicles";

export function Mark({ state }: { state: VehicleState }) {
  return (
    <svg className="vehicle-mark" viewBox="-12 -12 24 24" width="16" height="16" aria-hidden="true">
      {state === "alarm" ? <><polygon points="9.2,3.8 3.8,9.2 -3.8,9.2 -9.2,3.8 -9.2,-3.8 -3.8,-9.2 3.8,-9.2 9.2,-3.8" fill="#d92d20" /><polygon points="0,-6 4,5 0,2.6 -4,5" fill="#fff" /></>
        : state === "dark" ? <circle r="7" fill="#fff" stroke="#647082" strokeWidth="2" strokeDasharray="3 2.4" />
          : state === "stopped" ? <rect x="-6" y="-6" width="12" height="12" fill="#647082" />
            : <polygon points="0,-9 7,8 0,4 -7,8" fill={state === "loaded" ? "#1456b8" : "#fff"} stroke="#1456b8" strokeWidth="2" strokeLinejoin="round" />}
    </svg>
  );
}
