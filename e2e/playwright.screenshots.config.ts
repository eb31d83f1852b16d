import { defineConfig } from "@playwright/test";

import { chromium } from "./fixtures/browser.ts";
import type { ServerOptions } from "./fixtures/server.ts";

/** The pictures of the README. */
export default defineConfig<object, ServerOptions>({
  testDir: "screenshots",
  outputDir: "test-results",
  globalSetup: "./fixtures/template.ts",
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: { ...chromium, viewport: { width: 1440, height: 900 } },
});
