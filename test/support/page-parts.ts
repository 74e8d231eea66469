/** How people find things on a page. */
import type { Page } from 'playwright-core';

export async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** The dialog that is open. */
export function dialog(page: Page) {
  return page.getByRole('dialog');
}

/** Chooses from the menu of a row that is found by its name. */
export async function choose(page: Page, menu: string | RegExp, item: string): Promise<void> {
  await page.getByRole('button', { name: menu }).first().click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The items of the menu that belongs to a row; the menu is closed again. */
export async function choices(page: Page, menu: string | RegExp): Promise<string[]> {
  await page.getByRole('button', { name: menu }).first().click();
  await page.getByRole('menuitem').first().waitFor();
  const items = await page.getByRole('menuitem').allInnerTexts();
  await page.keyboard.press('Escape');
  return items;
}

/** Goes to a page by the navigation, as people on a desk do. */
export async function go(page: Page, path: string): Promise<void> {
  await page.locator(`nav a[href="${path}"]`).click();
}
