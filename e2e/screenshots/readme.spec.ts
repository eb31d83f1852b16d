import { join } from "node:path";

import type { Page } from "@playwright/test";

import { must } from "../fixtures/api.ts";
import { director } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

async function picture(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready);
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  const path = join(import.meta.dirname, "../../docs/screenshots", `${name}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}

test("the registry", async ({ pageOf }) => {
  const page = await pageOf(director);
  await page.goto("/deals?sort=-amount");
  await expect(page.getByRole("table", { name: "Deals" })).toBeVisible();
  await picture(page, "registry");
});

test("the board", async ({ pageOf }) => {
  const page = await pageOf(director);
  await page.goto("/deals?view=board&sort=-amount");
  await expect(page.getByRole("region", { name: /^Negotiation, / })).toBeVisible();
  await picture(page, "board");
});

test("a deal", async ({ pageOf, apiOf }) => {
  const query = { stage: ["negotiation"], sort: "-amount", limit: 1 };
  const { items } = must(await (await apiOf(director)).GET("/api/v1/deals", { params: { query } }));
  const page = await pageOf(director);
  await page.goto(`/deals/${items[0]?.id}?tab=history`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await picture(page, "deal");
});
