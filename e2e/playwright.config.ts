import { defineConfig } from "@playwright/test";

import { chromium } from "./fixtures/browser.ts";
import type { ServerOptions } from "./fixtures/server.ts";

const desktop = { viewport: { width: 1440, height: 900 } };

/** The stories. Most run on a desktop; what differs on a phone or in the dark is tagged so. */
export default defineConfig<object, ServerOptions>({
  testDir: "specs",
  outputDir: "test-results",
  globalSetup: "./fixtures/template.ts",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // A busy machine may be slow once; what fails twice is broken.
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    ...chromium,
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    // Recording costs as much as the story itself: only what failed once is recorded.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "desktop", use: desktop, grepInvert: /@phone-only/ },
    {
      name: "mobile",
      use: { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true },
      grep: /@phone/,
    },
    { name: "dark", use: { ...desktop, colorScheme: "dark" }, grep: /@dark/ },
    ...(process.env.ETALON_TEST_POSTGRES_URL
      ? [
          {
            name: "postgres",
            use: { ...desktop, database: "postgres" as const },
            grep: /@both-databases/,
          },
        ]
      : []),
  ],
});
