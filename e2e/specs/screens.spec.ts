import { audit } from "../fixtures/audit.ts";
import { must } from "../fixtures/api.ts";
import { administrator, director } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

const SCREENS = [
  ["the registry", "/deals"],
  ["the board", "/deals?view=board"],
  ["closed deals", "/deals?status=won,lost,rejected,rerouted"],
  ["the bin", "/deals?deleted=true"],
  ["a new deal", "/deals?new=deal"],
  ["my day", "/my-day"],
  ["the calendar", "/calendar"],
  ["a month", "/calendar?view=month"],
  ["notifications", "/notifications"],
  ["accounts", "/accounts"],
  ["contacts", "/contacts"],
  ["Sales Pulse", "/analytics"],
  ["the funnel", "/analytics/funnel?mode=cohort&period=last_12_months"],
  ["the forecast", "/analytics/forecast"],
  ["targets", "/analytics/targets"],
  ["the leaderboard", "/analytics/leaderboard"],
  ["the dynamics", "/analytics/dynamics?period=last_12_months"],
  ["results", "/analytics/results?period=last_12_months"],
  ["reasons", "/analytics/reasons?period=last_12_months"],
  ["stalling", "/analytics/stalling"],
  ["the summary", "/analytics/summary"],
  ["import", "/import"],
  ["the profile", "/settings"],
  ["people", "/settings/people"],
  ["departments", "/settings/departments"],
  ["products", "/settings/products"],
  ["exchange rates", "/settings/rates"],
  ["the sales processes", "/settings/processes"],
  ["a new sales process", "/settings/processes?process=new"],
  ["nothing", "/no/such/place"],
] as const;

test.describe("Every screen can be used by everybody and fits", () => {
  for (const [name, path] of SCREENS) {
    test(`${name} @phone @dark`, async ({ pageOf }) => {
      const page = await pageOf(administrator);
      await page.goto(path);
      await expect(page.getByRole("heading").first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      await audit(page);
    });
  }

  test("a phone reaches by More what has no place at the bottom @phone", async ({
    pageOf,
    isMobile,
  }) => {
    test.skip(!isMobile, "there is room for everything");
    const page = await pageOf(administrator);
    await page.goto("/my-day");
    const bar = page.getByRole("navigation", { name: "Sections" });
    await expect(bar.getByRole("link")).toHaveCount(4);
    await bar.getByRole("button", { name: "More" }).click();
    await audit(page);
    await page.getByRole("menuitem", { name: "Accounts" }).click();
    await expect(page).toHaveURL(/\/accounts$/);
    await expect(page.getByRole("heading", { level: 1, name: "Accounts" })).toBeVisible();
  });

  test("a sales process, its stages, its preview and its versions @phone @dark", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(administrator);
    const { items } = must(await api.GET("/api/v1/processes"));
    const usual = items.find((each) => each.is_default);
    const page = await pageOf(administrator);
    for (const view of ["", "?stage=needs", "?view=preview", "?view=versions"]) {
      await page.goto(`/settings/processes/${usual?.id}${view}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      await audit(page);
    }
  });

  test("a deal, its history, its account and its contact @phone @dark", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(director);
    const query = { status: ["open" as const], limit: 50, sort: "-amount" };
    const { items } = must(await api.GET("/api/v1/deals", { params: { query } }));
    const deal = items.find((each) => each.account_id && each.contact_id);
    expect(deal).toBeDefined();
    const page = await pageOf(director);
    for (const path of [
      `/deals/${deal?.id}`,
      `/deals/${deal?.id}?tab=history`,
      `/accounts/${deal?.account_id}`,
      `/contacts/${deal?.contact_id}`,
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      await audit(page);
    }
  });
});
