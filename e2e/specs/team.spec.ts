import { audit } from "../fixtures/audit.ts";
import { must } from "../fixtures/api.ts";
import { manager, otherManager } from "../fixtures/people.ts";
import { createReadyDeal, doStep } from "../fixtures/process.ts";
import { createDeal } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe("The team of a deal", () => {
  test("somebody is added, works on the deal, becomes an observer and is taken off @phone", async ({
    pageOf,
    apiOf,
    watch,
  }) => {
    watch.expect(404, /\/deals\//);
    const deal = await createDeal(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}`);
    const team = page.getByRole("region", { name: "Team" });
    await team.getByRole("button", { name: "Add a person" }).click();
    await team.getByRole("combobox", { name: "Add a person" }).fill(otherManager.name);
    await page.getByRole("option", { name: otherManager.name }).click();
    await expect(page.getByText(`${otherManager.name}: Co-owner`)).toBeVisible();
    await audit(page);

    const helper = await pageOf(otherManager);
    await helper.goto(`/deals/${deal.id}`);
    const question = "Does our solution cover what they ask for?";
    const place = helper.getByRole("region", { name: question });
    await place.getByRole("textbox", { name: "Answer" }).fill("All of it");
    await place.getByRole("button", { name: "Save the answer" }).click();
    await expect(helper.getByText("Answer saved")).toBeVisible();

    await team.getByRole("combobox", { name: `Role of ${otherManager.name}` }).selectOption("Observer");
    await expect(page.getByText(`${otherManager.name}: Observer`)).toBeVisible();
    await helper.reload();
    await expect(helper.getByRole("heading", { name: "Checklist" })).toBeVisible();
    await expect(helper.getByRole("button", { name: /Save the answer|Pursue/ })).toHaveCount(0);

    await team.getByRole("button", { name: `Remove ${otherManager.name}` }).click();
    await expect(page.getByText(`${otherManager.name} is off the team`)).toBeVisible();
    await helper.reload();
    await expect(helper.getByRole("heading", { name: "Checklist" })).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(team.getByRole("combobox", { name: `Role of ${otherManager.name}` })).toHaveValue(
      "observer",
    );
  });

  test("a co-owner takes the deal to the next stage", async ({ pageOf, apiOf }) => {
    const api = await apiOf(manager);
    const deal = await createReadyDeal(api);
    const other = must(await (await apiOf(otherManager)).GET("/api/v1/me")).user;
    await doStep(api, deal.id, "fit_references", { answer: "Two", confidence: "sure" });
    must(
      await api.POST("/api/v1/deals/{id}/team", {
        params: { path: { id: deal.id } },
        body: { user_id: other.id, role: "co_owner" },
      }),
    );
    const page = await pageOf(otherManager);
    await page.goto(`/deals/${deal.id}`);
    await page
      .getByRole("navigation", { name: "Stages" })
      .getByRole("button", { name: /Needs analysis/ })
      .click();
    await expect(page.getByText("Moved to Needs analysis")).toBeVisible();
  });
});
