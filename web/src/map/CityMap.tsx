/** The map, loaded when it is first shown; MapLibre is larger than everything else on a page together. */
import { Component, lazy, Suspense, type ReactNode } from "react";
import type { CityMapProps } from "./types";
import "./CityMap.css";

const MapView = lazy(() => import("./MapView"));

/** Without WebGL, or when the map's program cannot be loaded, the page must still work. */
class WithoutMap extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() { return { failed: true }; }
  override render() {
    if (this.state.failed) return <div className="city-map-note" role="note">地图无法显示（浏览器不支持 WebGL 或网络中断），其他功能不受影响。</div>;
    return this.props.children;
  }
}

export function CityMap(props: CityMapProps) {
  return (
    <div className={`city-map city-map-${props.theme ?? "light"} ${props.className ?? ""}`} style={props.style} role="region" aria-label={props.label}>
      <WithoutMap>
        <Suspense fallback={<div className="city-map-note">正在载入地图…</div>}>
          <MapView {...props} />
        </Suspense>
      </WithoutMap>
    </div>
  );
}

export type { CityMapProps, MapPoint } from "./types";
