import type { Page } from "@playwright/test";

import { type Api, must, type Schemas } from "../fixtures/api.ts";
import { audit } from "../fixtures/audit.ts";
import { headOfEurope, manager, russianManager } from "../fixtures/people.ts";
import { createDeal, unique } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

/** A deal with somebody to send an offer to. */
async function dealWithContact(api: Api): Promise<Schemas["Deal"]> {
  const body = { name: unique("Anna Weber") };
  const contact = must(await api.POST("/api/v1/contacts", { body }));
  const amount = { amount: "1000.00", currency: "USD" };
  return createDeal(api, { contact_id: contact.id, amount });
}

/** A draft with one line. */
async function draft(api: Api, deal: Schemas["Deal"]): Promise<Schemas["Proposal"]> {
  const unit_price = { amount: "19.99", currency: "USD" };
  const line = { title: "Control unit", quantity: "3", unit_price, discount: "10", vat_rate: "20" };
  return must(
    await api.POST("/api/v1/deals/{id}/proposals", {
      params: { path: { id: deal.id } },
      body: { lines: [line], valid_until: "2090-01-31" },
    }),
  );
}

/** Presses the one button of a dialog that carries it out. */
async function confirm(page: Page, title: string, verb: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: title });
  await dialog.getByRole("button", { name: verb, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

test.describe("A proposal", () => {
  test("is written, approved, changed, approved again, sent and accepted", async ({
    pageOf,
    apiOf,
  }) => {
    const deal = await dealWithContact(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}`);
    await page.getByRole("link", { name: "Proposals" }).click();
    await page.getByRole("button", { name: "New proposal" }).click();
    await expect(page).toHaveURL(/\/proposals\//);

    await page.getByRole("button", { name: "Free line" }).click();
    await page.keyboard.type("Control unit");
    await page.keyboard.press("Tab");
    await page.keyboard.type("3");
    await page.getByRole("textbox", { name: "Price, line 1" }).fill("19.99");
    await page.getByRole("textbox", { name: "Discount, %, line 1" }).fill("10");
    await page.getByRole("textbox", { name: "VAT, %, line 1" }).fill("20");
    await expect(page.getByText("53.97").first()).toBeVisible();
    await expect(page.getByText("64.76").first()).toBeVisible();
    await page.getByRole("textbox", { name: "Discount, %, line 1" }).press("Enter");
    await page.getByRole("textbox", { name: "Line, line 2" }).fill("Travel");
    await page.getByRole("button", { name: "Save" }).click();
    const wrong = page.getByRole("textbox", { name: "Price, line 2" });
    await expect(wrong).toHaveAccessibleDescription("must be filled in");
    await expect(wrong).toBeFocused();
    await page.keyboard.type("80,50");
    await audit(page);

    await page.getByRole("button", { name: "Submit for approval" }).click();
    await page.getByRole("textbox", { name: "Comment" }).fill("They decide on Friday");
    await confirm(page, "Submit for approval", "Submit for approval");
    await expect(page.getByText(`Waits for ${headOfEurope.name}`)).toBeVisible();
    await audit(page);

    const heads = await pageOf(headOfEurope);
    await heads.goto(page.url());
    await expect(heads.getByText("They decide on Friday")).toBeVisible();
    await heads.getByRole("button", { name: "Approve" }).click();
    await confirm(heads, "Approve this version", "Approve");
    await expect(heads.getByText("Approved").first()).toBeVisible();

    await page.reload();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: /voids the approval/ }).click();
    await page.getByRole("textbox", { name: "Quantity, line 1" }).fill("4");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The approval is void")).toBeVisible();
    await page.getByRole("button", { name: "Submit for approval" }).click();
    await confirm(page, "Submit for approval", "Submit for approval");

    await heads.reload();
    await heads.getByRole("button", { name: "Approve" }).click();
    await confirm(heads, "Approve this version", "Approve");

    await page.reload();
    await page.getByRole("button", { name: "Mark as sent" }).click();
    await confirm(page, "Sent to the customer", "Mark as sent");
    await expect(page.getByRole("button", { name: "Accepted" })).toBeVisible();
    await page.getByRole("button", { name: "Accepted" }).click();
    await page.getByRole("textbox", { name: "Note" }).fill("order 4711");
    await confirm(page, "The customer accepted", "Accepted");
    await expect(page.getByText("order 4711")).toBeVisible();
    await audit(page);
    await page.getByRole("link", { name: "History" }).click();
    await expect(page.getByText("Proposal sent")).toBeVisible();
    await audit(page);
  });

  test("once sent is revised, and the difference is shown @phone", async ({ pageOf, apiOf }) => {
    const api = await apiOf(manager);
    const first = await draft(api, await dealWithContact(api));
    const params = { path: { id: first.id } };
    must(await api.POST("/api/v1/proposals/{id}/submit", { params, body: {} }));
    const head = await apiOf(headOfEurope);
    must(await head.POST("/api/v1/proposals/{id}/approve", { params, body: {} }));
    const body = { channel: "email" } as const;
    must(await api.POST("/api/v1/proposals/{id}/send", { params, body }));

    const page = await pageOf(manager);
    await page.goto(`/proposals/${first.id}`);
    await audit(page);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "New version" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${first.number}, version 2`);
    const quantity = page.getByRole("textbox", { name: "Quantity, line 1" });
    await quantity.fill("1.5");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved")).toBeVisible();
    await audit(page);
    await page.getByRole("link", { name: "Difference" }).click();
    await expect(page.getByText("1.5 × 19.99 USD").first()).toBeVisible();
    await audit(page);
  });

  test("is written in Russian, with a comma and roubles", async ({ pageOf, apiOf }) => {
    const api = await apiOf(russianManager);
    const made = await draft(api, await dealWithContact(api));
    const page = await pageOf(russianManager);
    await page.goto(`/proposals/${made.id}`);
    await page.getByRole("textbox", { name: "Количество, строка 1" }).fill("0,5");
    await page.getByRole("textbox", { name: "Скидка, %, строка 1" }).fill("0");
    // 0.5 × 19.99 = 9.995: half to even is 10.00
    await expect(page.getByText("10,00").first()).toBeVisible();
    await audit(page);
    await page.getByRole("button", { name: "Сохранить" }).click();
    await expect(page.getByText("Сохранено")).toBeVisible();
    await expect(page.getByRole("button", { name: "На согласование" })).toBeVisible();
  });
});
