import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { audit } from "../fixtures/audit.ts";
import { must } from "../fixtures/api.ts";
import { card, column, drag, moveByKeyboard } from "../fixtures/board.ts";
import { director, manager } from "../fixtures/people.ts";
import { doStage } from "../fixtures/process.ts";
import { totals } from "../fixtures/records.ts";
import { hasSamples, noSamples, sample } from "../fixtures/sample.ts";
import { expect, test } from "../fixtures/test.ts";

const FILES = [
  "accounts.csv",
  "data_dictionary.csv",
  "products.csv",
  "sales_pipeline.csv",
  "sales_teams.csv",
];
/** A person of the imported company with deals in every state. */
const AGENT = "Darcel Schlecht";

interface Reference {
  totals: { opportunities: number; by_stage: Record<string, number>; won_sum: number };
  by_agent: Record<string, { won_count: number; lost_count: number; open_count: number; won_sum: number }>;
}

const number = new Intl.NumberFormat("en-GB");

test.use({ content: "own demo" });

test.describe("The main story", () => {
  test.skip(!hasSamples, noSamples);

  test("a head imports the files of another system, works with the deals, and others do not see them @both-databases", async ({
    page,
    pageOf,
    apiOf,
    watch,
  }) => {
    test.setTimeout(600_000);
    watch.expect(404, /\/deals\/[^/]+(\/timeline)?$/);
    const text = await readFile(sample("maven_crm", "reference.json"), "utf8");
    const reference = JSON.parse(text) as Reference;
    const all = reference.totals.opportunities;
    const api = await apiOf(director);

    await test.step("signs in", async () => {
      await page.goto("/");
      const people = page.getByRole("region", { name: "Demo company: choose a person" });
      await people.getByRole("button", { name: director.name }).click();
      await expect(page.getByRole("heading", { name: /^My day/, level: 1 })).toBeVisible();
    });

    const importId = await test.step("imports the files", async () => {
      await importFiles(page);
      return new URL(page.url()).pathname.split("/").at(-1) ?? "";
    });

    await test.step("reads the report and follows it to all imported deals", async () => {
      const report = page.getByRole("region", { name: "Imported" }).first();
      const deals = report.getByRole("row", { name: "Deals" });
      await expect(deals.getByRole("cell").nth(0)).toHaveText(number.format(all));
      await expect(deals.getByRole("cell").nth(1)).toHaveText(number.format(all));
      await expect(deals.getByRole("cell").nth(5)).toHaveText("0");
      await audit(page);
      await report.getByRole("link", { name: "Show the deals" }).click();
      await expect(page).toHaveURL(new RegExp(`import_id=${importId}`));
      await expect(
        page.getByRole("rowheader", { name: `${number.format(all)} deals` }),
      ).toBeVisible();
      await audit(page);
      const won = await totals(api, { import_id: importId, status: ["won"] });
      expect(won.count).toBe(reference.totals.by_stage.Won);
      expect(won.sum).toBe(reference.totals.won_sum);
    });

    await test.step("filters by the manager", async () => {
      await page.getByRole("button", { name: "Filter", exact: true }).click();
      await page.getByRole("menuitem", { name: "Owner" }).click();
      await page.getByRole("combobox", { name: "Search" }).fill(AGENT);
      await page.getByRole("option", { name: AGENT }).click();
      await page.keyboard.press("Escape");
      const own = reference.by_agent[AGENT];
      const count = (own?.won_count ?? 0) + (own?.lost_count ?? 0) + (own?.open_count ?? 0);
      await expect(
        page.getByRole("rowheader", { name: `${number.format(count)} deals` }),
      ).toBeVisible();
      await expect(page.getByRole("button", { name: `Owner ${AGENT}` })).toBeVisible();
    });

    // Two open deals of the agent, to be found on the board by titles that nothing else has.
    const [first, second] = await test.step("opens one and gives it a title of its own", async () => {
      const people = must(await api.GET("/api/v1/users", { params: { query: { q: AGENT } } })).items;
      const owner_id = people.map((person) => person.id);
      const query = { owner_id, import_id: importId, stage: ["potential"], limit: 2 };
      const [one, two] = must(await api.GET("/api/v1/deals", { params: { query } })).items;
      const title = `Imported ${randomUUID().slice(0, 8)}`;
      const renamed = [`${title} one`, `${title} two`];
      expect(one && two).toBeTruthy();
      await page.goto(`/deals/${one?.id}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(one?.title ?? "");
      await audit(page);
      await page.getByRole("heading", { level: 1 }).getByRole("button").click();
      await page.getByRole("textbox", { name: "Title" }).fill(renamed[0] ?? "");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(renamed[0] ?? "");
      must(
        await api.PATCH("/api/v1/deals/{id}", {
          params: { path: { id: two?.id ?? "" } },
          body: { title: renamed[1] ?? "" },
        }),
      );
      return [
        { id: one?.id ?? "", title: renamed[0] ?? "" },
        { id: two?.id ?? "", title: renamed[1] ?? "" },
      ];
    });

    await test.step("moves it on the board by mouse, another by keyboard", async () => {
      if (!first || !second) {
        throw new Error("there are no open deals");
      }
      await doStage(api, first.id, "potential");
      watch.expect(409, /\/stage$/);
      const words = first.title.split(" ").slice(0, 2).join(" ");
      await page.goto(`/deals?q=${encodeURIComponent(words)}`);
      await page.getByRole("link", { name: "Board" }).click();
      await expect(card(column(page, "Potential"), first.title)).toBeVisible();
      await expect(card(column(page, "Potential"), second.title)).toBeVisible();
      await drag(page, first.title, "Needs analysis");
      await expect(card(column(page, "Needs analysis"), first.title)).toBeVisible();
      await expect(page.getByText(`${first.title} is now in Needs analysis`)).toBeAttached();
      await moveByKeyboard(page, second.title, 2);
      const dialog = page.getByRole("dialog", { name: "Before Presentation" });
      await expect(dialog.getByText("Needs analysis").first()).toBeVisible();
      await audit(page);
      await dialog.getByRole("button", { name: "Go on all the same" }).click();
      const reason = dialog.getByRole("textbox", { name: "Reason to go on all the same" });
      await expect(reason).toHaveAccessibleDescription(/must be filled in/);
      await reason.fill("They know our products");
      await dialog.getByRole("button", { name: "Go on all the same" }).click();
      await expect(card(column(page, "Presentation"), second.title)).toBeVisible();
      await audit(page);
    });

    await test.step("finds the moves in the history", async () => {
      await card(page, first?.title ?? "").click();
      await page.getByRole("link", { name: "History" }).click();
      const entry = page.getByRole("listitem").filter({ hasText: "Potential → Needs analysis" });
      await expect(entry).toContainText(director.name);
      await audit(page);
      await page.goto(`/deals/${second?.id}?tab=history`);
      await expect(page.getByText("Potential → Presentation")).toBeVisible();
      await expect(page.getByText("They know our products").first()).toBeVisible();
    });

    await test.step("importing the files again changes nothing", async () => {
      const before = await totals(api, { import_id: importId });
      await importFiles(page);
      const report = page.getByRole("region", { name: "Imported" }).first();
      const deals = report.getByRole("row", { name: "Deals" }).getByRole("cell");
      await expect(deals.nth(0)).toHaveText(number.format(all));
      await expect(deals.nth(1)).toHaveText("0");
      await expect(deals.nth(2)).toHaveText("0");
      expect(await totals(api, { import_id: importId })).toEqual(before);
      const path = { id: first?.id ?? "" };
      const deal = must(await api.GET("/api/v1/deals/{id}", { params: { path } }));
      expect([deal.title, deal.stage]).toEqual([first?.title, "needs"]);
    });

    await test.step("a manager of another department does not see it", async () => {
      const other = await pageOf(manager);
      await other.goto(`/deals/${first?.id}`);
      await expect(
        other.getByText("There is no such thing, or you may not see it.").or(other.getByText("Nothing here")).first(),
      ).toBeVisible();
      await expect(other.getByText(first?.title ?? "")).toHaveCount(0);
      await audit(other);
      await other.goto(`/deals?status=all&import_id=${importId}`);
      await expect(other.getByRole("heading", { name: "No deals match" })).toBeVisible();
      const answer = await (await apiOf(manager)).GET("/api/v1/deals/{id}", {
        params: { path: { id: first?.id ?? "" } },
      });
      expect(answer.response.status).toBe(404);
      expect(answer.error?.code).toBe("not_found");
    });
  });
});

async function importFiles(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Import" }).click();
  await expect(page.getByText("Drop the files of your former system here")).toBeVisible();
  await audit(page);
  const files = FILES.map((name) => sample("maven_crm", name));
  await page.getByLabel("Choose files").and(page.locator("input")).setInputFiles(files);

  // How the files are understood, before anything is written.
  const pipeline = page.getByRole("region", { name: "sales_pipeline.csv" });
  await expect(pipeline.getByRole("combobox", { name: "The rows are" })).toHaveValue("deals", {
    timeout: 120_000,
  });
  await expect(
    pipeline.getByRole("combobox", { name: "What sales_agent becomes" }),
  ).toHaveValue("owner");
  await expect(pipeline.getByRole("combobox", { name: "What close_value becomes" })).toHaveValue(
    "amount",
  );
  const teams = page.getByRole("region", { name: "sales_teams.csv" });
  await expect(teams.getByRole("combobox", { name: "The rows are" })).toHaveValue("people");
  await expect(page.getByRole("combobox", { name: "Stage for Engaging" })).toHaveValue("needs");
  await audit(page);

  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("progressbar", { name: "Progress" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Imported" })).toBeVisible({ timeout: 300_000 });
}
