import { type Api, must, type Schemas } from "../fixtures/api.ts";
import { audit } from "../fixtures/audit.ts";
import { card, column, moveByKeyboard } from "../fixtures/board.ts";
import { moveSelected, select } from "../fixtures/registry.ts";
import { manager, viewer } from "../fixtures/people.ts";
import { createReadyDeal, doStage, doStep } from "../fixtures/process.ts";
import { createAccount, createDeal, getDeal, unique } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

/** A deal as a converted lead leaves it: client, contact, need, budget and a day. */
async function qualified(api: Api): Promise<Schemas["Deal"]> {
  const account = await createAccount(api);
  const contact = must(
    await api.POST("/api/v1/contacts", {
      body: { name: unique("Anna Weber"), account_id: account.id },
    }),
  );
  return createDeal(api, {
    account_id: account.id,
    contact_id: contact.id,
    amount: { amount: "64.76", currency: "USD" },
    need: { text: "A new control system", type: "service" },
    expected_close_on: "2090-03-01",
  });
}

test.describe("The sales process", () => {
  test("a deal that goes back shows both visits", async ({ pageOf, apiOf }) => {
    const api = await apiOf(manager);
    const deal = await createReadyDeal(api, {
      need: { text: "Less waste", type: "cost_reduction" },
    });
    const params = { path: { id: deal.id } };
    must(await api.POST("/api/v1/deals/{id}/stage", { params, body: { stage: "needs" } }));
    await doStage(api, deal.id, "needs");
    await doStep(api, deal.id, "savings_goal", { answer: "A tenth", confidence: "sure" });
    must(await api.POST("/api/v1/deals/{id}/stage", { params, body: { stage: "presentation" } }));
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}`);
    await page
      .getByRole("navigation", { name: "Stages" })
      .getByRole("button", { name: /Needs analysis/ })
      .click();
    const dialog = page.getByRole("dialog", { name: "Back to Needs analysis" });
    await dialog.getByRole("textbox", { name: "Reason" }).fill("They ask for something else");
    await dialog.getByRole("button", { name: "Move back" }).click();
    await expect(page.getByRole("heading", { name: "Needs analysis" })).toBeVisible();
    await expect(page.getByText("2 visits").first()).toBeVisible();
    await audit(page);
    // What was found out stays; what is done in every visit is to be done again.
    const { items } = must(
      await api.GET("/api/v1/deals/{id}/timeline", { params: { path: { id: deal.id } } }),
    );
    expect(items.map((entry) => entry.kind)).toContain("stage_returned");
  });

  test("board, bulk and API past a gate are refused with the same code", async ({
    pageOf,
    apiOf,
    watch,
  }) => {
    watch.expect(409, /\/stage$/);
    const api = await apiOf(manager);
    const deal = await createDeal(api);
    const params = { path: { id: deal.id } };
    const moved = await api.POST("/api/v1/deals/{id}/stage", { params, body: { stage: "needs" } });
    expect(moved.response.status).toBe(409);
    expect(moved.error?.code).toBe("stage_requirements_unmet");
    expect(moved.error?.errors?.map((error) => error.field)).toEqual(["fit_solution", "go_no_go"]);

    const page = await pageOf(manager);
    const found = `/deals?q=${encodeURIComponent(deal.title)}`;
    await test.step("the board", async () => {
      await page.goto(`${found}&view=board`);
      const refusal = page.waitForResponse(/\/stage$/);
      await moveByKeyboard(page, deal.title, 1);
      expect((await (await refusal).json()).code).toBe("stage_requirements_unmet");
      const dialog = page.getByRole("dialog", { name: "Before Needs analysis" });
      await expect(dialog.getByText("Does our solution cover")).toBeVisible();
      await dialog.getByRole("button", { name: "Close" }).last().click();
      await expect(card(column(page, "Potential"), deal.title)).toBeVisible();
    });
    await test.step("a change of many", async () => {
      await page.goto(found);
      await select(page, deal.title);
      const report = page.waitForResponse(/\/deals\/bulk$/);
      await moveSelected(page, "Needs analysis");
      const { items } = (await (await report).json()) as Schemas["BulkReport"];
      expect(items.map((each) => each.problem?.code)).toEqual(["stage_requirements_unmet"]);
      const dialog = page.getByRole("dialog", { name: "1 deal was refused" });
      await expect(dialog.getByText("Does our solution cover")).toBeVisible();
      await expect(dialog.getByText("Only a head or an administrator")).toBeVisible();
      await expect(dialog.getByRole("textbox")).toHaveCount(0);
      await audit(page);
    });
    expect((await getDeal(api, deal.id)).stage).toBe("potential");
  });

  test("who only reads sees the guide and no buttons", async ({ pageOf, apiOf }) => {
    const reader = await apiOf(viewer);
    const [deal] = must(
      await reader.GET("/api/v1/deals", { params: { query: { status: ["open"], limit: 1 } } }),
    ).items;
    const page = await pageOf(viewer);
    await page.goto(`/deals/${deal?.id}`);
    await expect(page.getByRole("heading", { name: "Checklist" })).toBeVisible();
    await expect(page.getByRole("button", { name: /Save the answer|Mark as done/ })).toHaveCount(0);
    await audit(page);
  });

  test("the guide and its work places fit and are for everybody @phone @dark", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(manager);
    const deal = await qualified(api);
    const page = await pageOf(manager);
    for (const open of ["fit_solution", "go_no_go"]) {
      await page.goto(`/deals/${deal.id}?step=${open}`);
      await expect(page.getByRole("heading", { name: "Checklist" })).toBeVisible();
      await audit(page);
    }
    await doStep(api, deal.id, "fit_solution", { answer: "Yes", confidence: "unsure" });
    await page.goto(`/deals/${deal.id}?step=fit_solution`);
    await expect(page.getByRole("button", { name: "Clear it up" })).toBeVisible();
    await page.goto(`/deals/${deal.id}?tab=contacts`);
    await expect(page.getByText("No decision maker is named.")).toBeVisible();
    await audit(page);
    await page.goto(`/deals/${deal.id}?tab=competitors`);
    await expect(page.getByText("No competitor named")).toBeVisible();
    await audit(page);
  });
});
