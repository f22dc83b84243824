/** Opens a fresh link in a window of its own. Throws if there is none, or the browser lets no window open. */
export async function openWindow(newLink: () => Promise<string>): Promise<void> {
  // By the press itself, because later the browser would block it.
  const opened = window.open('about:blank', '_blank');
  try {
    const link = await newLink();
    if (opened === null) throw new Error('The window was blocked');
    opened.opener = null;
    opened.location.href = link;
  } catch (error) {
    opened?.close();
    throw error;
  }
}
