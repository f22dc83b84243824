/** A browser in which a smoke test can look at a page. `script` is the body of a function that runs in the page. */
export interface SmokeBrowser {
  readonly name: string;
  open(url: string): Promise<void>;
  /** Runs the body of a function in the page, or in its first frame, and returns what it returns. */
  run<T>(script: string, where?: 'page' | 'frame'): Promise<T>;
  /** Types real keys into the element that has the focus. */
  type(text: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}
