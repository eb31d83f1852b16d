import { readFile } from "node:fs/promises";

import { audit } from "../fixtures/audit.ts";
import { manager, otherManager } from "../fixtures/people.ts";
import { createDeal } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

const TEXT = Buffer.from("Спецификация: 12 насосов\n");

test.describe("Files of a deal", () => {
  test("are added, versioned by name and come back unchanged @phone", async ({ pageOf, apiOf }) => {
    const deal = await createDeal(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}?tab=files`);
    await expect(page.getByText("No files yet")).toBeVisible();
    await audit(page);
    const input = page.locator("input[type=file]");
    const name = "Спецификация насосов.txt";
    await input.setInputFiles({ name, mimeType: "text/plain", buffer: TEXT });
    await expect(page.getByText(`${name} is added`)).toBeVisible();
    const again = Buffer.concat([TEXT, Buffer.from("и ещё один\n")]);
    await input.setInputFiles({ name, mimeType: "text/plain", buffer: again });
    await expect(page.getByText(`${name} is added as version 2`)).toBeVisible();
    await page.getByRole("button", { name: "2 versions" }).click();
    await expect(page.getByRole("row").filter({ hasText: "Version 1" })).toBeVisible();
    await audit(page);

    const newest = page.getByRole("row").filter({ hasText: "Version 2" });
    const saved = page.waitForEvent("download");
    await newest.getByRole("button", { name }).first().click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe(name);
    expect(await readFile(await download.path())).toEqual(again);

    await newest.getByRole("button", { name: `Remove ${name}` }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText(`${name} is back`)).toBeVisible();
    await page.goto(`/deals/${deal.id}?tab=history`);
    await expect(page.getByText(name).first()).toBeVisible();
  });

  test("that are too large are refused with the reason", async ({ pageOf, apiOf, watch }) => {
    watch.expect(413, /\/files$/);
    const deal = await createDeal(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}?tab=files`);
    // Refused before it is sent whole, so the browser may not get around to reading the answer of a
    // real one: the server's tests send those.
    await page.route("**/files", (route) =>
      route.request().method() === "POST"
        ? route.fulfill({
            status: 413,
            contentType: "application/problem+json",
            body: JSON.stringify({
              type: "about:blank#too_large",
              title: "The request is too large.",
              status: 413,
              code: "too_large",
              errors: [],
              request_id: "",
            }),
          })
        : route.continue(),
    );
    const file = { name: "film.mov", mimeType: "video/quicktime", buffer: TEXT };
    await page.locator("input[type=file]").setInputFiles(file);
    await expect(page.getByText("film.mov is larger than this server takes")).toBeVisible();
    await expect(page.getByText("No files yet")).toBeVisible();
  });

  test("do not exist for whoever does not see the deal", async ({ apiOf }) => {
    const deal = await createDeal(await apiOf(manager));
    const other = await apiOf(otherManager);
    const params = { path: { id: deal.id } };
    const answer = await other.GET("/api/v1/deals/{id}/files", { params });
    expect(answer.response.status).toBe(404);
  });
});
