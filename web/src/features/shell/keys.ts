/** Single-key shortcuts that stay out of the way while somebody types. */
import { useEffect, useRef } from "react";

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) || target.closest("[role=combobox],[role=listbox],[role=menu]") !== null);

const dialogOpen = () => document.querySelector(".ant-modal-wrap:not([style*='display: none']), .ant-drawer-open, .palette") !== null;

/** When "g" was pressed; the next key then goes somewhere instead of acting. */
let leader = 0;

/** `keys` names keys as the browser does: "j", "?", "Enter", or "g t" for two in a row. With Ctrl, Alt or Meta held nothing is called. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>, enabled = true): void {
  const latest = useRef(keys);
  useEffect(() => { latest.current = keys; });
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || dialogOpen()) return;
      // Enter and space belong to the focused button or link.
      if ((event.key === "Enter" || event.key === " ") && event.target instanceof HTMLElement && event.target.closest("button,a,[role=button],[role=tab]")) return;
      const following = event.key !== "g" && Date.now() - leader < 1200;
      if (event.key === "g") leader = Date.now();
      // After every listener has seen the key, not before.
      if (following) setTimeout(() => { leader = 0; });
      const call = latest.current[following ? `g ${event.key}` : event.key];
      if (call) {
        event.preventDefault();
        call(event);
      }
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [enabled]);
}

/** What each key does, for the help. */
export const help: { group: string; keys: [string, string][] }[] = [
  { group: "全局", keys: [["Ctrl K", "命令面板"], ["/", "搜索线索"], ["?", "快捷键帮助"], ["g t", "受理台"], ["g d", "我的待办"], ["g s", "线索查询"], ["g m", "机器发现"], ["g w", "大屏"]] },
  {
    group: "受理台",
    keys: [["j / k", "下一件 / 上一件"], ["Enter", "打开线索"], ["a", "受理（按建议的类别与标准）"], ["x", "不予受理"], ["m", "并入重复线索"], ["v", "请求核实"], ["f", "立案"],
      ["d", "派遣"], ["e", "更正类别或地点"], ["c", "结案 / 请求核查"], ["w", "返工"], ["y", "同意延期"], ["n", "不同意延期"], ["u", "撤销刚才的办理（也可按 Ctrl Z）"], ["1 – 7", "切换队列"]],
  },
  { group: "车辆", keys: [["j / k", "下一辆 / 上一辆"], ["f", "按车牌查找"], ["1 – 5", "按状态筛选"], ["r", "回放当天"], ["空格", "播放 / 暂停"], ["← / →", "回放退后 / 前进一分钟"], ["Esc", "关闭"]] },
  { group: "机器发现", keys: [["j / k", "下一条 / 上一条"], ["y", "属实，转线索"], ["n", "误报"], ["s", "写说明（Esc 回到键盘研判）"], ["o", "打开它的线索"], ["1 – 6", "切换状态"]] },
];
