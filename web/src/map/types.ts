import type { Map as MapLibre } from "maplibre-gl";
import type { Light, LonLat } from "../api/contract";

/** A thing on the map that can be selected. */
export interface MapPoint {
  id: string;
  position: LonLat;
  light?: Light | null;
  label?: string;
}

export interface CityMapProps {
  /** What the map shows, for people who cannot see it. */
  label: string;
  points?: MapPoint[];
  selected?: string | null | undefined;
  onSelect?: (id: string) => void;
  /** Called with the clicked place; makes the map a way to answer "where?". */
  onPick?: (position: LonLat) => void;
  picked?: LonLat | null | undefined;
  /** Groups points that stand close together. */
  cluster?: boolean;
  theme?: "light" | "dark";
  /** Draw unit grids when close. */
  grids?: boolean;
  /** Tint a region, for example the one chosen in a list. */
  highlight?: string | null | undefined;
  /** "points" moves the view to hold all points, "selected" follows the selected one; "city" stays on the whole city. */
  follow?: "points" | "selected" | "city";
  /** Tells the middle of the view after the person moved it, for "what is in the middle is the place" on phones. */
  onCentre?: (position: LonLat) => void;
  /** Puts layers of a feature's own on the map once it is drawn; what it gives back is called before the map goes. Keep the function the same. */
  onMap?: (map: MapLibre) => () => void;
  className?: string;
  style?: React.CSSProperties;
}
