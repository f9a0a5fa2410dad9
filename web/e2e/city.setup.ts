/** One city for all browser tests of a run. `BIHUAN_ADDRESS` names a running one instead. */
import type { TestProject } from "vitest/node";
import { settle } from "./city";
import { createAdministrator, newFolder, start } from "./server";

declare module "vitest" {
  export interface ProvidedContext { address: string; data: string }
}

export default async function setup(project: TestProject) {
  const data = newFolder("browser");
  createAdministrator(data);
  const server = await start({ data });
  try {
    await settle(server.address);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("address", server.address);
  project.provide("data", data);
  return () => server.stop();
}
