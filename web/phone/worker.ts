/**
 * Builds the phone's service worker (`dist/phone/sw.js`) and gives it the list of exactly those files that the phone's page can
 * reach, so that nobody's phone downloads the desk.
 */
import type { Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/** Loaded from the network when it is asked for: larger than all the rest, and of no use without a network's tiles. */
const onDemand = /maplibre|MapView/i;

interface Chunk { type: "chunk"; fileName: string; isEntry: boolean; name: string; imports: string[]; dynamicImports: string[]; viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } }

export function phoneWorker(): Plugin[] {
  const reachable = new Set<string>();
  const record: Plugin = {
    name: "bihuan-phone-files",
    generateBundle(_options, bundle) {
      const chunks = new Map(Object.values(bundle).filter((it) => it.type === "chunk").map((it) => [it.fileName, it as unknown as Chunk]));
      const walk = (file: string) => {
        const chunk = chunks.get(file);
        if (!chunk || reachable.has(file) || onDemand.test(file)) return;
        reachable.add(file);
        for (const it of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])]) reachable.add(it);
        for (const it of [...chunk.imports, ...chunk.dynamicImports]) walk(it);
      };
      for (const chunk of chunks.values()) if (chunk.isEntry && chunk.name === "phone") walk(chunk.fileName);
    },
  };
  const shell = /^phone\/(index\.html|manifest\.webmanifest|icon[^/]*)$/;
  return [
    record,
    ...VitePWA({
      strategies: "injectManifest",
      srcDir: "src/offline",
      filename: "sw.ts",
      outDir: "dist/phone",
      injectRegister: null,
      manifest: false,
      injectManifest: {
        globDirectory: "dist",
        globPatterns: ["assets/*", "phone/*"],
        globIgnores: ["phone/sw.js", "**/*.br"],
        maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
        // File names in assets/ carry their hash already.
        dontCacheBustURLsMatching: /^assets\//,
        manifestTransforms: [
          async (entries) => ({
            manifest: entries.filter((it) => shell.test(it.url) || reachable.has(it.url)).map((it) => ({ ...it, url: `/${it.url}` })),
          }),
        ],
      },
    }),
  ];
}
