/** Reported and closed by the hour. ECharts is loaded with this file only. */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use as register, type ECharts } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import type { Wall } from "../../api/contract";

register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export default function HoursChart({ hours }: { hours: Wall["hours"] }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current, null, { renderer: "svg" });
    chart.current = made;
    const resize = new ResizeObserver(() => made.resize());
    resize.observe(box.current);
    return () => { resize.disconnect(); made.dispose(); chart.current = null; };
  }, []);
  useEffect(() => {
    chart.current?.setOption({
      animation: false, textStyle: { fontFamily: "inherit" }, tooltip: { trigger: "axis" },
      grid: { left: 28, right: 6, top: 28, bottom: 20 }, legend: { top: 0, right: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: "#a9bdd6", fontSize: 12 } },
      xAxis: { type: "category", data: hours.map((it) => String(it.hour)), axisLine: { lineStyle: { color: "#294562" } }, axisTick: { show: false }, axisLabel: { color: "#8fa6c2", fontSize: 11 } },
      yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#173049" } }, axisLabel: { color: "#8fa6c2", fontSize: 11 } },
      series: [
        { name: "上报", type: "bar", data: hours.map((it) => it.reported), itemStyle: { color: "#3d7fdc", borderRadius: [2, 2, 0, 0] }, barMaxWidth: 12 },
        { name: "结案", type: "line", data: hours.map((it) => it.closed), symbol: "circle", symbolSize: 5, lineStyle: { color: "#c8dcf8", width: 2 }, itemStyle: { color: "#c8dcf8" } },
      ],
    });
  }, [hours]);
  const total = hours.reduce((sum, it) => sum + it.reported, 0);
  return <div ref={box} className="hours-chart" role="img" aria-label={`今日每小时上报与结案，共上报 ${total} 件`} />;
}
