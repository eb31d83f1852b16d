import type { Locator, Page } from "@playwright/test";

import { type Api, must, type Schemas } from "../fixtures/api.ts";
import { audit } from "../fixtures/audit.ts";
import { administrator, headOfEurope, manager, viewer } from "../fixtures/people.ts";
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

/** The step of the checklist that is open. */
function step(page: Page, title: string): { head: Locator; place: Locator } {
  return {
    head: page.getByRole("button", { name: title }),
    place: page.getByRole("region", { name: title }),
  };
}

/** Answers the question that the page asks next. */
async function answer(page: Page, title: string, text: string): Promise<void> {
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
  const { place } = step(page, title);
  await place.getByRole("textbox", { name: "Answer" }).fill(text);
  await place.getByRole("button", { name: "Save the answer" }).click();
  await expect(page.getByRole("heading", { name: title })).toHaveCount(0);
}

/** Presses the one thing to do next, which leads on to a stage. */
async function moveOn(page: Page, stage: string): Promise<void> {
  await page.getByRole("button", { name: `Move on to ${stage}` }).click();
  await expect(page.getByText(`Moved to ${stage}`).last()).toBeVisible();
  await expect(page.getByRole("heading", { name: stage })).toBeVisible();
}

/** Marks the task that the page asks for as done. */
async function doTask(page: Page, title: string): Promise<void> {
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
  await step(page, title).place.getByRole("button", { name: "Mark as done" }).click();
  await expect(page.getByRole("heading", { name: title })).toHaveCount(0);
}

test.describe("The sales process", () => {
  test("leads a person who only follows the page to a win", async ({ pageOf, apiOf }) => {
    test.slow();
    const api = await apiOf(manager);
    const deal = await qualified(api);
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}`);

    await test.step("Potential: a question, and the decision to pursue", async () => {
      await answer(page, "Does our solution cover what they ask for?", "All of it");
      const decision = step(page, "Decide: pursue, reject or hand over").place;
      await expect(decision.getByText("Won with this client")).toBeVisible();
      await audit(page);
      await decision.getByRole("button", { name: "Pursue" }).click();
      await moveOn(page, "Needs analysis");
    });

    await test.step("Needs analysis: answers, one of them unsure", async () => {
      await answer(page, "How do they solve it today?", "By hand");
      const cost = step(page, "What does the problem cost them?").place;
      await cost.getByRole("textbox", { name: "Answer" }).fill("Perhaps two shifts a month");
      await cost.getByText("Unsure").click();
      await expect(cost.getByText("becomes a task to clear it up")).toBeVisible();
      await cost.getByRole("button", { name: "Save the answer" }).click();
      await answer(page, "By what will they judge success?", "One shift less");
      await answer(page, "Which reaction times do they need?", "Four hours");
      await expect(page.getByRole("button", { name: /What does the problem cost them/ })).toContainText(
        "Unsure",
      );
      await moveOn(page, "Presentation");
    });

    await test.step("Presentation: something to show, the meeting, its minutes", async () => {
      const material = step(page, "Choose what to show").place;
      await material.getByRole("button", { name: "Choose materials" }).click();
      const picker = page.getByRole("dialog", { name: "Choose materials" });
      await picker.getByRole("button", { name: /^Choose / }).first().click();
      await expect(picker.getByText("Chosen", { exact: true })).toBeVisible();
      await picker.getByRole("button", { name: "Done" }).click();
      await doTask(page, "Hold the presentation");
      await expect(page.getByRole("heading", { name: "Send the minutes" })).toBeVisible();
      const minutes = step(page, "Send the minutes").place;
      await expect(minutes.getByText("Not sent yet")).toBeVisible();
      await minutes.getByRole("textbox", { name: "Agreement 1" }).fill("Send the price list");
      await minutes.getByRole("button", { name: "Their promise" }).click();
      await minutes.getByRole("textbox", { name: "Agreement 2" }).fill("Name the buyer");
      await audit(page);
      await minutes.getByRole("button", { name: "Mark as sent" }).click();
      await expect(page.getByText("The minutes are marked as sent")).toBeVisible();
      await moveOn(page, "Key contacts");
    });

    await test.step("Key contacts: who decides, and how", async () => {
      await page.getByRole("button", { name: "Name the people" }).click();
      await page.getByRole("button", { name: "Change" }).first().click();
      const panel = page.getByRole("dialog", { name: deal.contact_name ?? "" });
      await panel.getByRole("combobox", { name: "Role in the decision" }).selectOption("Decision maker");
      await panel.getByRole("combobox", { name: "Influence" }).selectOption("High");
      await panel.getByRole("combobox", { name: "Attitude to us" }).selectOption("Supports us");
      await audit(page);
      await panel.getByRole("button", { name: "Save" }).click();
      await expect(panel).toHaveCount(0);
      await expect(page.getByText("+67 %")).toBeVisible();
      await page.getByRole("link", { name: "Guide" }).click();
      await answer(page, "How do they decide, step by step?", "The board, in March");
      await page.getByRole("button", { name: "Mend it" }).click();
      const editor = page.getByRole("dialog");
      await editor.getByLabel("Decision date").fill("2090-02-01");
      await editor.getByRole("button", { name: "Save" }).click();
      await moveOn(page, "Proposal");
    });

    await test.step("Proposal: written, approved by the head, sent", async () => {
      await page.getByRole("button", { name: "To the proposal" }).click();
      await page.getByRole("button", { name: "New proposal" }).click();
      await page.getByRole("button", { name: "Free line" }).click();
      await page.keyboard.type("Control unit");
      await page.getByRole("textbox", { name: "Price, line 1" }).fill("53.97");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("button", { name: "Ask for approval" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Ask for approval" }).click();
      const head = await pageOf(headOfEurope);
      await head.goto(page.url());
      await head.getByRole("button", { name: "Approve" }).first().click();
      await head.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
      await page.reload();
      await page.getByRole("button", { name: "Mark as sent" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Mark as sent" }).click();
      await page.goto(`/deals/${deal.id}`);
      await moveOn(page, "Negotiation");
    });

    await test.step("Negotiation: no competitor, terms, tactic", async () => {
      await page.getByRole("button", { name: "Assess" }).click();
      await page.getByRole("link", { name: "Guide" }).click();
      await page.getByRole("button", { name: /^.*Assess the competitors/ }).last().click();
      const competitors = step(page, "Assess the competitors").place;
      await competitors.getByRole("button", { name: "There is no competitor" }).click();
      await answer(page, "Which terms are agreed?", "Thirty days");
      for (const [field, value] of [
        ["Tactic", "Quick delivery"],
        ["Tactic review", "2090-01-01"],
      ]) {
        await page.getByRole("button", { name: "Mend it" }).click();
        await page.getByRole("link", { name: "Edit", exact: true }).click();
        const editor = page.getByRole("dialog");
        await editor.getByLabel(field ?? "", { exact: true }).fill(value ?? "");
        await editor.getByRole("button", { name: "Save" }).click();
        await expect(editor).toHaveCount(0);
        await page.getByRole("link", { name: "Guide" }).click();
      }
      await moveOn(page, "Contracting");
    });

    await test.step("Contracting: draft, approval, signed contract, win", async () => {
      const draft = step(page, "Draft of the contract").place;
      await draft.getByRole("button", { name: "The document is ready" }).click();
      const visa = step(page, "Have the contract approved").place;
      await visa.getByRole("button", { name: "Ask for approval" }).click();
      await expect(visa.getByText(`${headOfEurope.name} decides.`)).toBeVisible();
      const head = await pageOf(headOfEurope);
      await head.goto(`/deals/${deal.id}?step=contract_visa`);
      await head.getByRole("button", { name: "Approve" }).click();
      await expect(head.getByText("Approved").first()).toBeVisible();
      await page.goto(`/deals/${deal.id}`);
      const signed = step(page, "Signed contract").place;
      await signed.getByRole("button", { name: "The document is ready" }).click();
      await expect(signed.getByText("must be filled in").first()).toBeVisible();
      const file = { name: "contract.txt", mimeType: "text/plain", buffer: Buffer.from("Signed") };
      await signed.locator("input[type=file]").setInputFiles(file);
      await expect(signed.getByRole("combobox", { name: "File" })).toContainText("contract.txt");
      await signed.getByLabel("Signed on").fill("2024-01-15");
      await signed.getByRole("button", { name: "The document is ready" }).click();
      await page.getByRole("button", { name: "Close as won" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Reason" }).fill("The quickest delivery");
      await audit(page);
      await dialog.getByRole("button", { name: "Close as won" }).click();
      await expect(page.getByText("This deal is closed: Won")).toBeVisible();
    });

    const won = await getDeal(api, deal.id);
    expect([won.status, won.close_reason]).toEqual(["won", "The quickest delivery"]);
    const posts = must(await api.GET("/api/v1/posts"));
    expect(posts.items.map((post) => post.win.title)).toContain(deal.title);
  });

  test("a question that becomes mandatory is asked of deals of the new version only", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(administrator);
    const owner = await apiOf(manager);
    const old = await createReadyDeal(owner);
    const [process] = must(await api.GET("/api/v1/processes")).items.filter((each) => each.is_default);
    const id = process?.id ?? "";
    const version = must(
      await api.GET("/api/v1/process-versions/{id}", {
        params: { path: { id: process?.current_version_id ?? "" } },
      }),
    );
    const { definition } = version;
    const question = definition.stages[0]?.steps?.find((each) => each.id === "fit_references");
    expect(question).toBeTruthy();
    if (question) {
      question.mandatory = true;
    }
    const params = { path: { id } };
    must(await api.PUT("/api/v1/processes/{id}/draft", { params, body: definition }));
    must(await api.POST("/api/v1/processes/{id}/publish", { params }));
    try {
      const young = await createReadyDeal(owner);
      const page = await pageOf(manager);
      await page.goto(`/deals/${young.id}`);
      await expect(
        page.getByRole("heading", { name: "Do we have references in this industry?" }),
      ).toBeVisible();
      await page.goto(`/deals/${old.id}`);
      await moveOn(page, "Needs analysis");
    } finally {
      if (question) {
        question.mandatory = false;
      }
      must(await api.PUT("/api/v1/processes/{id}/draft", { params, body: definition }));
      must(await api.POST("/api/v1/processes/{id}/publish", { params }));
    }
  });

  test("a deal that goes back shows both visits", async ({ pageOf, apiOf }) => {
    const api = await apiOf(manager);
    const deal = await createReadyDeal(api, { need: { text: "Less waste" } });
    const params = { path: { id: deal.id } };
    must(await api.POST("/api/v1/deals/{id}/stage", { params, body: { stage: "needs" } }));
    await doStage(api, deal.id, "needs");
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

  test("board, bulk and API past a gate are refused with the same code", async ({ apiOf }) => {
    const api = await apiOf(manager);
    const deal = await createDeal(api);
    const params = { path: { id: deal.id } };
    const moved = await api.POST("/api/v1/deals/{id}/stage", { params, body: { stage: "needs" } });
    expect(moved.response.status).toBe(409);
    expect(moved.error?.code).toBe("stage_requirements_unmet");
    expect(moved.error?.errors?.map((error) => error.field)).toEqual(["fit_solution", "go_no_go"]);
    const report = must(
      await api.POST("/api/v1/deals/bulk", { body: { items: [{ id: deal.id, stage: "needs" }] } }),
    );
    expect(JSON.stringify(report)).toContain("stage_requirements_unmet");
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
