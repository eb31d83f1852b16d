import { audit } from "../fixtures/audit.ts";
import { director, headOfEurope, manager, otherManager } from "../fixtures/people.ts";
import { createReadyDeal } from "../fixtures/process.ts";
import { createDeal, getDeal, unique } from "../fixtures/records.ts";
import { moveSelected, select } from "../fixtures/registry.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe("Many deals at once", () => {
  test("are moved to a stage, and back by one press", async ({ pageOf, apiOf }) => {
    const api = await apiOf(manager);
    const name = unique("Palletizer");
    const one = await createReadyDeal(api, { title: `${name} one` });
    const two = await createReadyDeal(api, { title: `${name} two` });
    const page = await pageOf(manager);
    await page.goto(`/deals?q=${encodeURIComponent(name)}`);
    await select(page, one.title, two.title);
    await expect(page.getByText("2 selected")).toBeVisible();
    await audit(page);
    await moveSelected(page, "Needs analysis");
    await expect(page.getByText("2 deals changed")).toBeVisible();
    await expect(page.getByRole("region", { name: "Selected deals" })).toHaveCount(0);
    expect((await getDeal(api, one.id)).stage).toBe("needs");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The deals are as before")).toBeVisible();
    expect((await getDeal(api, one.id)).stage).toBe("potential");
    expect((await getDeal(api, two.id)).stage).toBe("potential");
  });

  test("are given to somebody in another department, and come back whole", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(director);
    const deal = await createDeal(await apiOf(manager));
    const page = await pageOf(director);
    await page.goto(`/deals?q=${encodeURIComponent(deal.title)}`);
    await select(page, deal.title);
    const bar = page.getByRole("region", { name: "Selected deals" });
    await bar.getByRole("button", { name: "Give to" }).click();
    await page.getByRole("combobox", { name: "Give to" }).fill(otherManager.name);
    await page.getByRole("option", { name: otherManager.name }).click();
    await expect(page.getByText("1 deal changed")).toBeVisible();
    const given = await getDeal(api, deal.id);
    expect(given.owner_name).toBe(otherManager.name);
    expect(given.department_id).not.toBe(deal.department_id);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The deals are as before")).toBeVisible();
    const back = await getDeal(api, deal.id);
    expect([back.owner_name, back.department_id]).toEqual([manager.name, deal.department_id]);
  });

  test("that lack requirements say which, and a head lets them pass with a reason", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(manager);
    const { id, title } = await createDeal(api);
    const page = await pageOf(headOfEurope);
    await page.goto(`/deals?q=${encodeURIComponent(title)}`);
    await select(page, title);
    await moveSelected(page, "Needs analysis");
    const dialog = page.getByRole("dialog", { name: "1 deal was refused" });
    await expect(dialog.getByText("Does our solution cover what they ask for?")).toBeVisible();
    await audit(page);
    await dialog.getByRole("button", { name: "Go on all the same" }).click();
    const reason = dialog.getByRole("textbox", { name: "Reason to go on all the same" });
    await expect(reason).toHaveAccessibleDescription(/must be filled in/);
    await reason.fill("The board has decided");
    await dialog.getByRole("button", { name: "Go on all the same" }).click();
    await expect(page.getByText("1 deal changed")).toBeVisible();
    await expect(dialog).toHaveCount(0);
    expect((await getDeal(api, id)).stage).toBe("needs");
  });
});
