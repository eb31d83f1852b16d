import type { Locator, Page } from "@playwright/test";

import { must } from "../fixtures/api.ts";
import { audit } from "../fixtures/audit.ts";
import { answer, doTask, mendField, moveOn, step } from "../fixtures/guide.ts";
import { administrator, headOfEurope, manager } from "../fixtures/people.ts";
import { createAccount, getDeal, unique } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

/** Opens one of the four questions of a lead. */
async function clarify(page: Page, item: string): Promise<Locator> {
  await page.getByRole("button", { name: `Clarify: ${item}` }).click();
  return page.getByRole("article", { name: item });
}

/** Presses the one button of a dialog that carries it out. */
async function confirm(page: Page, title: string, verb: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: title });
  await dialog.getByRole("button", { name: verb, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

test.describe("From a form on the site to a win", () => {
  test("a manager who only follows the pages wins the deal @both-databases", async ({
    pageOf,
    apiOf,
    request,
    watch,
  }) => {
    test.setTimeout(300_000);
    const api = await apiOf(manager);
    const account = await createAccount(api);
    const me = must(await api.GET("/api/v1/me"));
    const form = must(
      await (await apiOf(administrator)).POST("/api/v1/lead-forms", {
        body: { name: unique("Contact page"), source: "web", owner_id: me.user.id, active: true },
      }),
    );
    const title = unique("Controls for line 4");
    const page = await pageOf(manager);

    await test.step("somebody fills in the form", async () => {
      const sent = await request.post(`/api/v1/forms/${form.key}`, {
        form: {
          company: `${account.name} GmbH`,
          person: "Anna Weber",
          email: "anna@bottling.example",
          message: "Our line 4 is old.",
        },
      });
      expect(sent.status()).toBe(201);
      await page.goto("/leads");
      await page.getByRole("link", { name: `${form.name}: ${account.name}` }).click();
      await expect(page.getByText("Our line 4 is old.")).toBeVisible();
      await audit(page);
    });

    await test.step("the four questions are asked", async () => {
      const need = await clarify(page, "Need");
      await need
        .getByRole("combobox", { name: "Type of need" })
        .selectOption("Service and support");
      await need.getByRole("textbox", { name: "In their words" }).fill("A new control system");
      await audit(page);
      await need.getByRole("button", { name: "Save" }).click();
      await expect(need.getByText("A new control system")).toBeVisible();

      const authority = await clarify(page, "Authority");
      await expect(authority.getByRole("textbox", { name: "Name of person 1" })).toHaveValue(
        "Anna Weber",
      );
      await authority
        .getByRole("combobox", { name: "Role of person 1" })
        .selectOption("Decision maker");
      await authority.getByText("Confirmed").click();
      await authority.getByRole("button", { name: "Save" }).click();
      await expect(authority.getByText("Decision maker")).toBeVisible();

      const budget = await clarify(page, "Budget");
      await budget.getByRole("textbox", { name: "Amount" }).fill("50 000");
      await budget.getByRole("textbox", { name: "Amount" }).press("Enter");
      await expect(budget.getByText("50,000")).toBeVisible();

      const timing = await clarify(page, "Timing");
      await timing.getByLabel("Day of the decision").fill("2190-03-01");
      await timing.getByRole("button", { name: "Save" }).click();
      await timing.getByRole("button", { name: "History: Timing" }).click();
      await expect(timing.getByText("Claimed: 1 Mar 2190")).toBeVisible();
    });

    const id = await test.step("it becomes a deal of the account that is known", async () => {
      await page.getByRole("main").getByRole("button", { name: "Convert to a deal" }).click();
      const dialog = page.getByRole("dialog", { name: "Convert to a deal" });
      await expect(dialog.getByText("Same name")).toBeVisible();
      await expect(
        dialog.getByRole("radio", { name: `${account.name} Same name`, exact: true }),
      ).toBeChecked();
      await audit(page);
      await dialog.getByRole("textbox", { name: "Title of the deal" }).fill(title);
      await expect(dialog.getByRole("textbox", { name: "Amount" })).toHaveValue("50000");
      const expected = dialog.getByLabel("Expected close", { exact: true });
      await expect(expected).toHaveValue("2190-03-01");
      await expected.fill("");
      await dialog.getByRole("button", { name: "Convert to a deal" }).click();
      await expect(page).toHaveURL(/\/deals\/[0-9a-f-]+$/);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
      await expect(
        page.getByRole("main").getByRole("link", { name: account.name }).first(),
      ).toBeVisible();
      return new URL(page.url()).pathname.split("/").at(-1) ?? "";
    });

    await test.step("Potential: too early for the next stage, and the page says why", async () => {
      watch.expect(409, /\/stage$/);
      const stages = page.getByRole("navigation", { name: "Stages" });
      await stages.getByRole("button", { name: /Needs analysis/ }).click();
      const refusal = page.getByRole("dialog", { name: "Before Needs analysis" });
      await expect(refusal.getByText("2 things are missing.")).toBeVisible();
      await expect(refusal.getByText("Only a head or an administrator")).toBeVisible();
      await audit(page);
      await refusal.getByRole("link", { name: "Does our solution cover what they ask for?" }).click();
      await expect(refusal).toHaveCount(0);
      expect((await getDeal(api, id)).stage).toBe("potential");
    });

    await test.step("Potential: a question, and the decision to pursue", async () => {
      await answer(page, "Does our solution cover what they ask for?", "All of it");
      const decision = step(page, "Decide: pursue, reject or hand over").place;
      await expect(decision.getByText("Won with this client")).toBeVisible();
      await expect(decision.getByText("Confirmed")).toHaveCount(1);
      await expect(decision.getByText("Claimed")).toHaveCount(3);
      await expect(decision.getByText("Score 61 of 100")).toBeVisible();
      await expect(
        decision.getByRole("link", { name: `${form.name}: ${account.name}` }),
      ).toBeVisible();
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
      await expect(
        page.getByRole("button", { name: /What does the problem cost them/ }),
      ).toContainText("Unsure");
      await moveOn(page, "Presentation");
    });

    await test.step("Presentation: something to show, and the meeting", async () => {
      const material = step(page, "Choose what to show").place;
      await material.getByRole("button", { name: "Choose materials" }).click();
      const picker = page.getByRole("dialog", { name: "Choose materials" });
      await picker.getByRole("button", { name: /^Choose / }).first().click();
      await expect(picker.getByText("Chosen", { exact: true })).toBeVisible();
      await picker.getByRole("button", { name: "Done" }).click();
      await page.getByRole("button", { name: "Do it" }).click();
      await doTask(page, "Hold the presentation");
      await expect(page.getByRole("heading", { name: "Send the minutes" })).toBeVisible();
    });

    await test.step("Presentation: the minutes are asked for until they are sent", async () => {
      const minutes = step(page, "Send the minutes").place;
      await expect(minutes.getByText("Not sent yet")).toBeVisible();
      const found = `/deals?q=${encodeURIComponent(title)}`;
      await page.goto(`${found}&view=board`);
      await expect(page.getByRole("img", { name: "Minutes to be sent" })).toBeVisible();
      await page.goto("/my-day");
      await expect(page.getByRole("link", { name: /Send the minutes/ }).first()).toBeVisible();
      await page.goto(`/deals/${id}`);
      await minutes.getByRole("textbox", { name: "Agreement 1", exact: true }).fill("Send the price list");
      await minutes.getByRole("button", { name: "Their promise" }).click();
      await minutes.getByRole("textbox", { name: "Agreement 2", exact: true }).fill("Name the buyer");
      await audit(page);
      await minutes.getByRole("button", { name: "Mark as sent" }).click();
      await expect(page.getByText("The minutes are marked as sent")).toBeVisible();
      await page.goto(`${found}&view=board`);
      await expect(page.getByRole("link", { name: title })).toBeVisible();
      await expect(page.getByRole("img", { name: "Minutes to be sent" })).toHaveCount(0);
      await page.goto(`/deals/${id}`);
      await moveOn(page, "Key contacts");
    });

    await test.step("Key contacts: how they stand to us, and how they decide", async () => {
      await page.goto(`/deals/${id}?tab=contacts`);
      await page.getByRole("button", { name: "Change Anna Weber" }).click();
      const panel = page.getByRole("dialog", { name: "Anna Weber" });
      await expect(panel.getByRole("combobox", { name: "Role in the decision" })).toHaveValue(
        "decision_maker",
      );
      await panel.getByRole("combobox", { name: "Influence" }).selectOption("High");
      await panel.getByRole("combobox", { name: "Attitude to us" }).selectOption("Supports us");
      await audit(page);
      await panel.getByRole("button", { name: "Save" }).click();
      await expect(panel).toHaveCount(0);
      await expect(page.getByText("+67 %")).toBeVisible();
      await page.getByRole("link", { name: "Guide" }).click();
      await answer(page, "How do they decide, step by step?", "The board, in March");
      await moveOn(page, "Proposal");
    });

    await test.step("Proposal: written, approved by the head, sent", async () => {
      await page.getByRole("button", { name: "To the proposal" }).click();
      await page.getByRole("button", { name: "New proposal" }).click();
      await page.getByRole("button", { name: "Free line" }).click();
      await page.keyboard.type("Control unit");
      await page.getByRole("textbox", { name: "Price, line 1" }).fill("53.97");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("button", { name: "Submit for approval" }).click();
      await confirm(page, "Submit for approval", "Submit for approval");
      await expect(page.getByText(`Waits for ${headOfEurope.name}`)).toBeVisible();
      const head = await pageOf(headOfEurope);
      await head.goto(page.url());
      await head.getByRole("button", { name: "Approve" }).click();
      await confirm(head, "Approve this version", "Approve");
      await page.reload();
      await page.getByRole("button", { name: "Mark as sent" }).click();
      await confirm(page, "Sent to the customer", "Mark as sent");
      await page.goto(`/deals/${id}?tab=proposals`);
      const offer = page.getByRole("note").filter({ hasText: "Take over" });
      await expect(offer).toContainText("50,000");
      await audit(page);
      await offer.getByRole("button", { name: "Take over 53.97" }).click();
      await expect(offer).toHaveCount(0);
      expect((await getDeal(api, id)).amount?.amount).toBe("53.97");
      await page.goto(`/deals/${id}`);
      await mendField(page, "Expected close", "2190-03-01");
      await moveOn(page, "Negotiation");
    });

    await test.step("Negotiation: no competitor, terms, tactic", async () => {
      await page.getByRole("button", { name: "Assess", exact: true }).click();
      await page.getByRole("link", { name: "Guide" }).click();
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

    await test.step("Contracting: the draft changes while its approval waits", async () => {
      const draft = step(page, "Draft of the contract").place;
      await draft.getByRole("button", { name: "The document is ready" }).click();
      await expect(draft.getByText("must be filled in").first()).toBeVisible();
      await draft.getByRole("textbox", { name: "Note" }).fill("First draft, in the share");
      await draft.getByRole("button", { name: "The document is ready" }).click();
      const visa = step(page, "Have the contract approved").place;
      await visa.getByRole("button", { name: "Ask for approval" }).click();
      await expect(visa.getByText(`${headOfEurope.name} decides.`)).toBeVisible();
      await page.goto(`/deals/${id}?step=contract_draft`);
      await draft.getByRole("button", { name: "Open again" }).click();
      await draft.getByRole("textbox", { name: "Note" }).fill("Second draft, with their terms");
      await draft.getByRole("button", { name: "The document is ready" }).click();
      await expect(visa.getByText("Ask again to have it decided")).toBeVisible();
      await audit(page);
      await visa.getByRole("button", { name: "Ask again" }).click();
      await expect(visa.getByText(`${headOfEurope.name} decides.`)).toBeVisible();
    });

    await test.step("Contracting: approval, signed contract, win", async () => {
      const head = await pageOf(headOfEurope);
      await head.goto(`/deals/${id}?step=contract_visa`);
      await head.getByRole("button", { name: "Approve", exact: true }).click();
      await expect(head.getByText("Approved", { exact: true }).first()).toBeVisible();
      await page.goto(`/deals/${id}`);
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
      await dialog.getByRole("button", { name: "Mark as won" }).click();
      await expect(page.getByText("This deal is closed: Won")).toBeVisible();
    });

    const won = await getDeal(api, id);
    expect([won.status, won.close_reason]).toEqual(["won", "The quickest delivery"]);
    const posts = must(await api.GET("/api/v1/posts"));
    expect(posts.items.map((post) => post.win.title)).toContain(title);
  });
});
