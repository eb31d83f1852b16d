import { type Api, must, type Schemas } from "../fixtures/api.ts";
import { audit } from "../fixtures/audit.ts";
import { director, manager, viewer } from "../fixtures/people.ts";
import { createDeal, unique } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

/** Publishes a material with a title of its own. */
async function createMaterial(
  api: Api,
  draft: Partial<Schemas["MaterialDraft"]> = {},
): Promise<Schemas["Material"]> {
  const title = unique("Case study");
  const body = { title, body: "Three plants.", status: "published" as const, ...draft };
  return must(await api.POST("/api/v1/materials", { body }));
}

test.describe("The knowledge base", () => {
  test("a material is written, published, found by another form of a word and changed @phone @both-databases", async ({
    pageOf,
  }) => {
    const title = unique("Этапы внедрения");
    const page = await pageOf(manager);
    await page.goto("/knowledge");
    await page.getByRole("main").getByRole("button", { name: "New material" }).first().click();
    await page.getByRole("textbox", { name: "Title" }).fill(title);
    const text = page.getByRole("textbox", { name: "Text", exact: true });
    await text.fill("# Начало\n\nПервая **встреча**, <b>не жирно</b> [x](javascript:alert(1))");
    const preview = page.getByRole("region", { name: "Preview" });
    await expect(preview.getByRole("heading", { name: "Начало" })).toBeVisible();
    await expect(preview.getByText("<b>")).toBeVisible();
    await expect(preview.getByRole("link")).toHaveCount(0);
    const tags = page.getByRole("combobox", { name: "Tags" });
    await tags.fill("внедрение");
    await tags.press("Enter");
    await expect(page.getByRole("button", { name: "Remove внедрение" })).toBeVisible();
    await audit(page);
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(title);

    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await text.fill("Вторая редакция");
    await page.getByRole("button", { name: "Publish changes" }).click();
    await expect(page.getByText("Вторая редакция")).toBeVisible();
    await page.getByRole("link", { name: "Versions" }).click();
    await page.getByRole("link", { name: "Version 1", exact: true }).click();
    await expect(page.getByText("You are reading version 1")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Начало" })).toBeVisible();
    await audit(page);

    await page.getByRole("link", { name: "Files", exact: true }).click();
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "план.txt", mimeType: "text/plain", buffer: Buffer.from("план") });
    await expect(page.getByText("план.txt is added")).toBeVisible();

    const reader = await pageOf(viewer);
    await reader.goto(`/knowledge?q=${encodeURIComponent(`внедрением ${title.slice(-8)}`)}`);
    await reader.getByRole("link", { name: title }).click();
    await expect(reader.getByText("Вторая редакция")).toBeVisible();
    await expect(reader.getByRole("button", { name: "Edit", exact: true })).toHaveCount(0);
  });

  test("what was written and not saved is there again", async ({ pageOf }) => {
    const title = unique("Half a thought");
    const page = await pageOf(manager);
    await page.goto("/knowledge?new=material");
    await page.getByRole("textbox", { name: "Title" }).fill(title);
    await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Deals" }).click();
    await expect(page).toHaveURL(/\/deals/);
    await page.goBack();
    await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue(title);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Leave" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Knowledge" })).toBeVisible();
  });

  test("a material is chosen, opened beside a deal and noted as shown", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(manager);
    const material = await createMaterial(api);
    const { title } = material;
    const deal = await createDeal(api);
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}`);
    await page.getByRole("link", { name: "Materials of the deal" }).click();
    const panel = page.getByRole("dialog", { name: "Materials", exact: true });
    await expect(panel.getByText("No materials yet")).toBeVisible();
    await panel.getByRole("button", { name: "Choose materials" }).click();
    const picker = page.getByRole("dialog", { name: "Choose materials" });
    await picker.getByRole("searchbox").fill(title);
    await picker.getByRole("button", { name: title, exact: true }).click();
    await expect(picker.getByText("Three plants.")).toBeVisible();
    await picker.getByRole("button", { name: `Choose “${title}”` }).click();
    await expect(picker.getByText("Chosen", { exact: true })).toBeVisible();
    await audit(page);
    await picker.getByRole("button", { name: "Done" }).click();

    await panel.getByRole("link", { name: title }).click();
    await expect(panel.getByText("Three plants.")).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`material=${material.id}`));
    await audit(page);
    await panel.getByRole("button", { name: "Mark as shown" }).click();
    const shown = page.getByRole("dialog", { name: "Mark as shown" });
    await audit(page);
    await shown.getByRole("button", { name: "Note", exact: true }).click();
    await expect(page.getByText("Noted as shown")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(panel).toHaveCount(0);
    const card = page.getByRole("listitem").filter({ hasText: title });
    await expect(card.getByText(/^Shown/)).toBeVisible();

    const params = { path: { id: material.id } };
    const after = must(await api.GET("/api/v1/materials/{id}", { params }));
    expect(after.usage.deals).toBe(1);
  });

  test("a material is archived, put into the bin and comes back", async ({ pageOf, apiOf }) => {
    const material = await createMaterial(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/knowledge/${material.id}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Archive" }).click();
    await expect(page.getByText("In the archive")).toBeVisible();
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(page.getByRole("button", { name: "Publish", exact: true })).toHaveCount(0);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByText(`“${material.title}” is in the bin`)).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText(`“${material.title}” is back`)).toBeVisible();
  });

  test("the list, a material and its tabs fit and are for everybody @phone @dark", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(director);
    const material = await createMaterial(api, {
      summary: "What three plants did, and what it brought.",
      tags: ["case study"],
      body: "| Plant | Hours |\n|---|---|\n| One | 9 |\n\n```\na long line of code that does not fit on a phone at all\n```",
    });
    const deal = await createDeal(api);
    const page = await pageOf(director);
    for (const path of [
      "/knowledge",
      "/knowledge?q=price&sort=title",
      "/knowledge?status=archived&language=en",
      "/knowledge?new=material",
      `/knowledge/${material.id}`,
      `/knowledge/${material.id}?edit=1`,
      `/knowledge/${material.id}?tab=files`,
      `/knowledge/${material.id}?tab=versions`,
      `/knowledge/${material.id}?tab=history`,
      `/deals/${deal.id}?material=all`,
      `/deals/${deal.id}?material=${material.id}`,
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading").first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      await audit(page);
    }
  });

  test("in Russian, too", async ({ pageOf, apiOf }) => {
    const material = await createMaterial(await apiOf(director));
    const page = await pageOf(director);
    await page.goto(`/knowledge/${material.id}`);
    await page.getByRole("button", { name: "My menu" }).click();
    await page.getByRole("menuitem", { name: "Русский" }).click();
    await expect(page.getByText("Ещё не показывали")).toBeVisible();
    await page.getByRole("link", { name: "Файлы", exact: true }).click();
    await expect(page.getByText("Файлов пока нет")).toBeVisible();
    await page.getByRole("button", { name: "Моё меню" }).click();
    await page.getByRole("menuitem", { name: "English" }).click();
    await expect(page.getByText("No files yet")).toBeVisible();
  });
});
