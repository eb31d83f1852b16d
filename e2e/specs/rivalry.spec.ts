import { audit } from "../fixtures/audit.ts";
import { must } from "../fixtures/api.ts";
import { headOfEurope, manager } from "../fixtures/people.ts";
import { createAccount, createDeal } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe("Competitors and tactic", () => {
  test("a competitor is named, assessed, taken out and brought back @phone", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(manager);
    const rival = await createAccount(api);
    const deal = await createDeal(api);
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}?tab=competitors`);
    await page.getByRole("button", { name: "Add a competitor" }).click();
    const form = page.getByRole("dialog", { name: "Add a competitor" });
    await form.getByRole("button", { name: "Save" }).click();
    const who = form.getByRole("combobox", { name: "Competitor" });
    await expect(who).toHaveAccessibleDescription(/must be filled in/);
    await audit(page);
    await who.fill(rival.name);
    await form.getByRole("option", { name: rival.name, exact: true }).click();
    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(`${rival.name} is saved`)).toBeVisible();
    const card = page.getByRole("listitem").filter({ hasText: rival.name });
    await expect(card.getByText("Strengths, weaknesses or threat are missing.")).toBeVisible();

    await card.getByRole("button", { name: `Change ${rival.name}` }).click();
    const panel = page.getByRole("dialog", { name: rival.name });
    await panel.getByRole("combobox", { name: "Threat" }).selectOption("High threat");
    await panel.getByRole("textbox", { name: "Strengths" }).fill("Known to the plant");
    await panel.getByRole("textbox", { name: "Weaknesses" }).fill("Slow service");
    await panel.getByRole("button", { name: "Save" }).click();
    await expect(card.getByText("High threat")).toBeVisible();
    await expect(card.getByText("are missing")).toHaveCount(0);
    await audit(page);

    await card.getByRole("button", { name: `Remove ${rival.name}` }).click();
    await expect(page.getByText("No competitor named")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(card.getByText("Slow service")).toBeVisible();
  });

  test("ours and theirs are compared, and the history keeps the former tactic", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(manager);
    const rival = await createAccount(api);
    const deal = await createDeal(api, { tactic: "Be the cheapest" });
    must(
      await api.POST("/api/v1/deals/{id}/competitors", {
        params: { path: { id: deal.id } },
        body: { account_id: rival.id, strengths: "Price", weaknesses: "Far away", threat: "medium" },
      }),
    );
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}?tab=competitors`);
    const we = page.getByRole("listitem").filter({ has: page.getByText("We", { exact: true }) });
    await we.getByRole("button", { name: "Change our strengths and weaknesses" }).click();
    const editor = page.getByRole("dialog");
    await expect(editor.getByRole("textbox", { name: "Our strengths" })).toBeFocused();
    await editor.getByRole("textbox", { name: "Our strengths" }).fill("Service within four hours");
    await editor.getByRole("textbox", { name: "Our weaknesses" }).fill("New to them");
    await editor.getByRole("textbox", { name: "Tactic", exact: true }).fill("Be the nearest");
    await editor.getByRole("button", { name: "Save" }).click();
    await expect(we.getByText("Service within four hours")).toBeVisible();
    const theirs = page.getByRole("listitem").filter({ hasText: rival.name });
    await expect(theirs.getByText("Far away")).toBeVisible();
    await expect(page.getByText("Be the nearest")).toBeVisible();
    await audit(page);
    await page.getByRole("link", { name: "History" }).click();
    const entry = page.getByRole("listitem").filter({ hasText: "Be the nearest" }).first();
    await expect(entry).toContainText("Be the cheapest");
  });

  test("a concession says what we got and who allowed it, and can be struck", async ({
    pageOf,
    apiOf,
  }) => {
    const deal = await createDeal(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}?tab=competitors`);
    await page.getByRole("button", { name: "Note a concession" }).click();
    const form = page.getByRole("dialog", { name: "Note a concession" });
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form.getByRole("textbox", { name: "We gave" })).toHaveAccessibleDescription(
      /must be filled in/,
    );
    await form.getByRole("textbox", { name: "We gave" }).fill("Three per cent");
    await form.getByRole("textbox", { name: "We got" }).fill("Payment in advance");
    await form.getByRole("combobox", { name: "Allowed by" }).fill(headOfEurope.name);
    await form.getByRole("option", { name: headOfEurope.name }).click();
    await audit(page);
    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The concession is noted")).toBeVisible();
    const row = page.getByRole("row").filter({ hasText: "Three per cent" });
    await expect(row).toContainText("Payment in advance");
    await expect(row).toContainText(headOfEurope.name);
    await audit(page);
    await row.getByRole("button", { name: "Strike the concession" }).click();
    await expect(page.getByText("Nothing conceded yet.")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(row).toContainText("Payment in advance");
  });
});
