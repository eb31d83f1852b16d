import { audit } from "../fixtures/audit.ts";
import { type Api, must, type Schemas } from "../fixtures/api.ts";
import { administrator, director, manager, viewer } from "../fixtures/people.ts";
import { unique } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

/** Creates a lead with a title of its own. */
async function createLead(
  api: Api,
  draft: Partial<Schemas["LeadDraft"]> = {},
): Promise<Schemas["Lead"]> {
  const title = unique("Bottling hall");
  return must(await api.POST("/api/v1/leads", { body: { title, ...draft } }));
}

test.describe("Leads", () => {
  test("without all four answers a manager is refused and a head gives a reason", async ({
    pageOf,
    apiOf,
    watch,
  }) => {
    const lead = await createLead(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/leads/${lead.id}?do=convert`);
    const dialog = page.getByRole("dialog", { name: "Convert to a deal" });
    await expect(dialog.getByText("All four questions need an answer first.")).toBeVisible();
    watch.expect(409, /\/convert$/);
    await dialog.getByRole("button", { name: "Convert to a deal" }).click();
    await expect(dialog.getByRole("alert")).toBeVisible();
    await dialog.getByRole("link", { name: "Fill in: Budget" }).click();
    await expect(
      page.getByRole("article", { name: "Budget" }).getByRole("textbox", { name: "Amount" }),
    ).toBeVisible();

    const head = await pageOf(director);
    await head.goto(`/leads/${lead.id}?do=convert`);
    const override = head.getByRole("dialog", { name: "Convert to a deal" });
    await override
      .getByRole("textbox", { name: "Reason to go on all the same" })
      .fill("The board invited us");
    await override.getByRole("button", { name: "Convert to a deal" }).click();
    await expect(head).toHaveURL(/\/deals\//);
    await head.goto(`/leads/${lead.id}`);
    await expect(head.getByText("The board invited us")).toBeVisible();
  });

  test("a lead is set aside, taken up again and disqualified", async ({ pageOf, apiOf }) => {
    const lead = await createLead(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/leads/${lead.id}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Set aside until…" }).click();
    const aside = page.getByRole("dialog", { name: "Set the lead aside" });
    await aside.getByRole("button", { name: "In a month" }).click();
    await aside.getByRole("button", { name: "Set aside", exact: true }).click();
    await page.getByRole("button", { name: "Take up again" }).click();
    await expect(page.getByRole("button", { name: "Clarify: Need" })).toBeVisible();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Disqualify…" }).click();
    const out = page.getByRole("dialog", { name: "Disqualify the lead" });
    await out.getByRole("button", { name: "Disqualify", exact: true }).click();
    await expect(out.getByRole("combobox", { name: "Reason" })).toHaveAccessibleDescription(
      "must be filled in",
    );
    await out.getByRole("combobox", { name: "Reason" }).selectOption("No budget");
    await out.getByRole("button", { name: "Disqualify", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Why it was disqualified" })).toBeVisible();
    await page.getByRole("link", { name: "History" }).click();
    await expect(page.getByText("Disqualified: No budget")).toBeVisible();
    await audit(page);
  });

  test("a viewer reads and changes nothing", async ({ pageOf, apiOf }) => {
    const lead = await createLead(await apiOf(director));
    const page = await pageOf(viewer);
    await page.goto(`/leads/${lead.id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(lead.title);
    await expect(page.getByRole("button", { name: "Convert to a deal" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: /Answer/ })).toHaveCount(0);
    await page.goto("/leads");
    await expect(page.getByRole("main").getByRole("button", { name: "New lead" })).toHaveCount(0);
  });

  test("the registry, a lead and its dialogs fit and are for everybody @phone @dark", async ({
    pageOf,
    apiOf,
  }) => {
    const lead = await createLead(await apiOf(director), { company_name: "Northwind" });
    const page = await pageOf(director);
    for (const path of [
      "/leads",
      "/leads?status=all&score_min=25&created_from=2026-01-01",
      "/leads?new=lead",
      `/leads/${lead.id}`,
      `/leads/${lead.id}?bant=authority`,
      `/leads/${lead.id}?do=convert`,
      `/leads/${lead.id}?do=nurture`,
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading").first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      await audit(page);
    }
  });

  test("in Russian, too", async ({ pageOf, apiOf }) => {
    const lead = await createLead(await apiOf(director));
    const page = await pageOf(director);
    await page.goto(`/leads/${lead.id}`);
    await page.getByRole("button", { name: "My menu" }).click();
    await page.getByRole("menuitem", { name: "Русский" }).click();
    await expect(page.getByRole("button", { name: "Уточнить: Потребность" })).toBeVisible();
    await expect(page.getByRole("article", { name: "Полномочия" })).toBeVisible();
    await page.getByRole("button", { name: "Моё меню" }).click();
    await page.getByRole("menuitem", { name: "English" }).click();
    await expect(page.getByRole("button", { name: "Clarify: Need" })).toBeVisible();
  });
});

test.describe("Web forms", () => {
  test("an administrator makes a form and copies its HTML @phone", async ({ pageOf }) => {
    const name = unique("Landing page");
    const page = await pageOf(administrator);
    await page.goto("/settings/web-forms");
    await page.getByRole("main").getByRole("button", { name: "Add form" }).first().click();
    const panel = page.getByRole("dialog", { name: "New web form" });
    await panel.getByRole("textbox", { name: "Name" }).fill(name);
    await panel.getByRole("textbox", { name: "Sites that may use it" }).fill("example.com");
    await panel.getByRole("button", { name: "Add form" }).click();
    await expect(
      panel.getByRole("textbox", { name: "Sites that may use it" }),
    ).toHaveAccessibleDescription(/form/);
    await panel
      .getByRole("textbox", { name: "Sites that may use it" })
      .fill("https://www.example.com");
    await panel.getByRole("button", { name: "Add form" }).click();
    const row = page.getByRole("row").filter({ hasText: name });
    await expect(row).toBeVisible();
    await audit(page);
    await row.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "HTML for your site" }).click();
    const html = page.getByRole("dialog", { name }).getByRole("textbox", { name: "HTML" });
    await expect(html).toHaveValue(/\/api\/v1\/forms\/[0-9a-f]{32}/);
    await audit(page);
  });
});
