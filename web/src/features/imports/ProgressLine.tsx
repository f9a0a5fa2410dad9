import { Progress } from "antd";
import type { Import } from "../../api/contract";

export function ProgressLine({ of, large }: { of: Import; large?: boolean }) {
  const total = of.rows_total ?? 0;
  const percent = of.state === "done" ? 100 : total > 0 ? Math.min(100, Math.floor((of.rows_done / total) * 100)) : 0;
  return (
    <div className="progress-line">
      <Progress percent={percent} showInfo={false} strokeColor="#1456b8" size={large ? { height: 10 } : "small"} aria-label={`进度 ${percent}%`} />
      <span className="quiet">{of.rows_done.toLocaleString("zh-CN")} / {of.rows_total ? of.rows_total.toLocaleString("zh-CN") : "—"} 行</span>
    </div>
  );
}
