/**
 * Loads the page once more, if the server can be reached: a module that could not be loaded is not asked for again
 * (Chromium keeps the failure), and a newer page has others.
 */
export async function reloadPage(): Promise<void> {
  try {
    await fetch(location.pathname, { cache: 'no-store' });
    location.reload();
  } catch {
    // There is no connection. What is shown stays, with its button.
  }
}
