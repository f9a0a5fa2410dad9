/** The desk: theme, data, routes. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { asProblem } from "../../api/problem";
import { router } from "./router";

dayjs.locale("zh-cn");

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000, refetchOnWindowFocus: true,
      // A refusal will not change by asking again; a broken line may.
      retry: (count, error) => { const { status } = asProblem(error); return (status === 0 || status >= 500) && count < 2; },
    },
  },
});

// The style sheet takes transitions away from who asked for less motion: the component library must not wait for the end of one.
const motion = !matchMedia("(prefers-reduced-motion: reduce)").matches;
const font = getComputedStyle(document.documentElement).getPropertyValue("--font");

export function DeskApp() {
  return (
    <ConfigProvider
      locale={zhCN}
      button={{ autoInsertSpace: false }}
      theme={{
        token: {
          // One blue; green and yellow belong to the lights, red besides them only to errors.
          colorPrimary: "#1456b8", colorInfo: "#1456b8", colorSuccess: "#1456b8", colorLink: "#1456b8", colorWarning: "#8a5a00", colorError: "#b42318",
          // What would be mixed from so dark a warning is mud.
          colorWarningBg: "#fff8e6", colorWarningBorder: "#ecd28c",
          colorText: "#16202e", colorTextSecondary: "#455263", colorTextTertiary: "#5f6b7d", colorTextDescription: "#5f6b7d", colorTextPlaceholder: "#6b7788",
          colorBorder: "#cbd2dc", colorBorderSecondary: "#e3e7ed", colorBgLayout: "#f5f7fa",
          borderRadius: 7, fontFamily: font, fontSize: 13.5, controlHeight: 34, motion, motionDurationMid: "0.12s", motionDurationSlow: "0.16s",
        },
        components: {
          Table: { headerBg: "#f7f9fb", headerColor: "#455263", headerSplitColor: "transparent", cellPaddingBlock: 9, cellPaddingBlockSM: 7, rowHoverBg: "#f5f8fd" },
          Tabs: { horizontalItemPadding: "9px 2px", horizontalMargin: "0 0 14px" },
          Button: { primaryShadow: "none", defaultShadow: "none" },
          Form: { itemMarginBottom: 16, verticalLabelPadding: "0 0 5px" },
        },
      }}
    >
      <App>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}
