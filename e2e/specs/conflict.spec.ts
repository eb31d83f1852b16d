import { audit } from "../fixtures/audit.ts";
import { director, manager } from "../fixtures/people.ts";
import { createDeal, getDeal } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

test("Two people edit one deal: the second chooses between the values", async ({
  pageOf,
  apiOf,
  watch,
}) => {
  watch.expect(412, /\/deals\//);
  const api = await apiOf(manager);
  const { id } = await createDeal(api, { source: "web" });
  const mine = await pageOf(manager);
  const theirs = await pageOf(director);
  for (const page of [mine, theirs]) {
    await page.goto(`/deals/${id}?edit=source`);
    await expect(page.getByRole("textbox", { name: "Source" })).toBeFocused();
  }
  await theirs.getByRole("textbox", { name: "Source" }).fill("partner");
  await theirs.getByRole("combobox", { name: "Type of need" }).selectOption("Service and support");
  await theirs.getByRole("textbox", { name: "Need", exact: true }).fill("Two more shifts");
  await theirs.getByRole("button", { name: "Save", exact: true }).click();
  await expect(theirs.getByText("Saved")).toBeVisible();

  await mine.getByRole("textbox", { name: "Source" }).fill("fair");
  await mine.getByRole("button", { name: "Save", exact: true }).click();
  const dialog = mine.getByRole("dialog", { name: "Changed by someone else" });
  await expect(dialog.getByRole("group", { name: "Source" })).toContainText("fair");
  await expect(dialog.getByRole("group", { name: "Source" })).toContainText("partner");
  await expect(dialog).toContainText("Also changed, and taken over");
  await audit(mine);
  await dialog.getByRole("radio", { name: "Theirs" }).check();
  await dialog.getByRole("button", { name: "Save this" }).click();
  await expect(mine.getByText("Saved")).toBeVisible();

  const deal = await getDeal(api, id);
  expect(deal.source).toBe("partner");
  expect(deal.need?.text).toBe("Two more shifts");
});
