/** Loads a style sheet that is worn by something on demand. The document names it, because its name holds its hash. */
export async function loadStyle(name: 'settings' | 'statistics'): Promise<void> {
  const { content } = document.querySelector<HTMLMetaElement>(`meta[name=${name}-style]`)!;
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: content });
  await new Promise((resolve, reject) => {
    style.onload = resolve;
    style.onerror = () => {
      style.remove();
      reject(new Error(`The page got no ${content}`));
    };
    document.head.append(style);
  });
}
