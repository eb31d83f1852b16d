import { audit } from "../fixtures/audit.ts";
import { must } from "../fixtures/api.ts";
import { director, manager, otherManager, russianManager } from "../fixtures/people.ts";
import { createDeal, getDeal, unique } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

const day = (shift: number) => {
  const at = new Date();
  at.setUTCDate(at.getUTCDate() + shift);
  return at.toISOString().slice(0, 10);
};

test.describe("Activities", () => {
  test("a call is planned on a deal, seen on my day and in the calendar, done, and told @phone", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(manager);
    const deal = await createDeal(api);
    const title = unique("Ask who decides");
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}?tab=activities`);
    await page.getByRole("button", { name: "New activity" }).click();
    const panel = page.getByRole("dialog", { name: "New activity" });
    await panel.getByRole("button", { name: "Plan" }).click();
    await expect(panel.getByRole("textbox", { name: "Title" })).toHaveAccessibleDescription(
      "must be filled in",
    );
    await panel.getByRole("textbox", { name: "Title" }).fill(title);
    await audit(page);
    await panel.getByRole("button", { name: "Plan" }).click();
    await expect(page.getByText(`“${title}” is planned`)).toBeVisible();
    await audit(page);

    await page.goto("/my-day");
    const today = page.locator("section", { has: page.getByRole("heading", { name: "Today" }) });
    await expect(today.getByRole("link", { name: title })).toBeVisible();
    await page.goto("/calendar?view=day");
    await page.getByRole("link", { name: new RegExp(title) }).click();
    const details = page.getByRole("dialog", { name: title });
    await details.getByRole("textbox", { name: "Result" }).fill("The plant manager");
    await audit(page);
    await details.getByRole("button", { name: "Mark as done" }).click();
    await expect(page.getByText(`“${title}” is done`)).toBeVisible();

    await page.goto(`/deals/${deal.id}?tab=history`);
    await expect(page.getByText("Activity done")).toBeVisible();
    await expect(page.getByText("The plant manager")).toBeVisible();
    expect((await getDeal(api, deal.id)).last_touch_at).not.toBeNull();
  });

  test("a call that has just ended is logged in a moment", async ({ pageOf, apiOf }) => {
    const deal = await createDeal(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/deals/${deal.id}?tab=activities`);
    await page.getByRole("button", { name: "Log a call" }).click();
    const panel = page.getByRole("dialog", { name: "Log a call" });
    await panel.getByRole("textbox", { name: "Title" }).fill("They called back");
    await panel.getByRole("textbox", { name: "Result" }).fill("They want an offer");
    await panel.getByRole("button", { name: "Save" }).click();
    const done = page.getByRole("region", { name: "Done" });
    await expect(done.getByText("They want an offer")).toBeVisible();
  });

  test("what is overdue comes first and can be moved and brought back @both-databases", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(otherManager);
    const [late, soon] = [unique("Late"), unique("Soon")];
    for (const [title, due_on] of [
      [late, day(-2)],
      [soon, day(0)],
    ] as const) {
      must(await api.POST("/api/v1/activities", { body: { kind: "task", title, due_on } }));
    }
    const page = await pageOf(otherManager);
    await page.goto("/my-day");
    const headings = page.getByRole("main").getByRole("heading", { level: 2 });
    await expect(headings.first()).toContainText("Overdue");
    const row = page.getByRole("listitem").filter({ hasText: late });
    await row.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Move to tomorrow" }).click();
    await expect(page.getByText(`“${late}” is moved`)).toBeVisible();
    const next = page.locator("section", { has: page.getByRole("heading", { name: "Next seven days" }) });
    await expect(next.getByRole("link", { name: late })).toBeVisible();
    await page.getByRole("button", { name: `Mark “${soon}” as done` }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText(`“${soon}” is planned again`)).toBeVisible();
    await audit(page);
  });

  test("a reminder rings the bell, is put off, and the rest is read @both-databases @phone", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(director);
    const title = unique("Ring them");
    const now = Date.now();
    const body = {
      kind: "call" as const,
      title,
      starts_at: new Date(now + 600_000).toISOString(),
      remind_at: new Date(now - 1000).toISOString(),
    };
    must(await api.POST("/api/v1/activities", { body }));
    // The server looks for reminders when a minute begins.
    await expect
      .poll(
        async () => {
          const { items } = must(await api.GET("/api/v1/notifications"));
          return items.some((item) => item.kind === "reminder" && item.subject?.name === title);
        },
        { timeout: 80_000 },
      )
      .toBe(true);
    const page = await pageOf(director);
    await page.goto("/deals");
    await page.getByRole("banner").getByRole("link", { name: /Notifications: .* unread/ }).click();
    await expect(page).toHaveURL(/\/notifications/);
    const row = page.getByRole("listitem").filter({ hasText: title });
    await expect(row).toContainText("New");
    await audit(page);
    await row.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Remind me in an hour" }).click();
    await expect(row).toHaveCount(0);
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await expect(page.getByRole("banner").getByRole("link", { name: "Notifications", exact: true })).toBeVisible();
  });

  test("the calendar plans where one presses, by day, week and month @phone @dark", async ({ pageOf }) => {
    const page = await pageOf(manager);
    for (const view of ["day", "week", "month"]) {
      await page.goto(`/calendar?view=${view}`);
      await expect(page.getByRole("link", { name: "Today", exact: true })).toBeVisible();
      await audit(page);
    }
    await page.goto("/calendar?view=day&day=2031-03-05");
    await page.getByRole("button", { name: /Plan on .* 10:00/ }).click();
    const panel = page.getByRole("dialog", { name: "New activity" });
    await expect(panel.getByLabel("Day", { exact: true })).toHaveValue("2031-03-05");
    await expect(panel.getByLabel("Time", { exact: true })).toHaveValue("10:00");
    const title = unique("Plant visit");
    await panel.getByRole("textbox", { name: "Title" }).fill(title);
    await panel.getByRole("button", { name: "Plan" }).click();
    await expect(page.getByRole("link", { name: new RegExp(`10:00.*${title}`) })).toBeVisible();
    await page.keyboard.press("ArrowRight");
    await expect(page).toHaveURL(/day=2031-03-06/);
  });

  test("the calendar is read by other programs through a secret link", async ({ pageOf, request }) => {
    const page = await pageOf(otherManager);
    await page.goto("/settings");
    await page.getByRole("button", { name: "Make a link" }).click();
    const link = page.getByLabel("Calendar link");
    await expect(link).toHaveValue(/\.ics$/);
    const first = await link.inputValue();
    const feed = await request.get(first);
    expect(feed.headers()["content-type"]).toContain("text/calendar");
    expect(await feed.text()).toContain("BEGIN:VCALENDAR");
    await page.getByRole("button", { name: "Renew" }).click();
    await expect(link).not.toHaveValue(first);
    expect((await request.get(first)).status()).toBe(404);
    await audit(page);
  });

  test("my day speaks Russian", async ({ pageOf }) => {
    const page = await pageOf(russianManager);
    await page.goto("/my-day");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Мой день");
    await audit(page);
  });
});
