import { existsSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { compression } from "vite-plugin-compression2";
import { phoneWorker } from "./phone/worker.ts";

const here = import.meta.dirname;

/** The three pages; each is an entry of its own so that a citizen never downloads the desk. */
const pages = {
  portal: resolve(here, "index.html"),
  desk: resolve(here, "desk/index.html"),
  phone: resolve(here, "phone/index.html"),
};

/** Deep links (`/desk/leads/…`) open the page's own index while developing; the server does the same when built. */
function deepLinks(): Plugin {
  return {
    name: "bihuan-deep-links",
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? "/").split("?")[0] ?? "/";
        const isFile = /\.[a-z0-9]+$/i.test(path) || path.startsWith("/@") || path.startsWith("/src/");
        if (!isFile && request.headers.accept?.includes("text/html")) {
          if (path.startsWith("/desk")) request.url = "/desk/index.html";
          else if (path.startsWith("/phone")) request.url = "/phone/index.html";
          else request.url = "/index.html";
        }
        next();
      });
    },
  };
}

const server = process.env.BIHUAN_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  appType: "mpa",
  plugins: [
    react(),
    deepLinks(),
    phoneWorker(),
    // Compressed once here, so that the server never compresses the same file twice.
    compression({ algorithms: ["brotliCompress"], include: /\.(js|css|html|svg|webmanifest)$/, threshold: 1024 }),
  ],
  build: {
    outDir: "dist",
    target: "es2022",
    // The policy of the server allows scripts and fonts from its own origin only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(pages).filter(([, file]) => existsSync(file))),
      output: {
        // MapLibre's worker is an `.mjs` asset; some proxies know no type for that ending.
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith(".mjs"))
            ? "assets/[name]-[hash].js"
            : "assets/[name]-[hash][extname]",
      },
    },
  },
  server: {
    port: 5173,
    // The guide stands beside the web folder.
    fs: { allow: [resolve(here, "..")] },
    proxy: {
      "/api": { target: server, changeOrigin: false },
      "/open311": { target: server, changeOrigin: false },
    },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"], maxWorkers: 1 },
} as Parameters<typeof defineConfig>[0]);
