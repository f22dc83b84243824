import type { WriteRecord } from './memory-dynamo.ts';
import { push, type Since, since } from './since.ts';

interface WaitItem {
  readonly ch: string;
  readonly s: string;
  readonly how: string;
  readonly by: string;
}

/**
 * Knows in which channels phones give more than a third of the answers, so that nobody is set away there (T11), and since
 * when. A history is shorter than a week and has fewer waits than are asked for, so all of them count.
 */
export class PhoneAnswers {
  readonly #rows = new Map<string, WaitItem>();
  readonly #many = new Map<string, Since<boolean>[]>();

  /** Notes a write of the table of waits. */
  note({ oldImage, newImage }: WriteRecord, at: number): void {
    const { ch, s } = (newImage ?? oldImage) as unknown as WaitItem;
    if (newImage) this.#rows.set(`${ch} ${s}`, newImage as unknown as WaitItem);
    else this.#rows.delete(`${ch} ${s}`);
    const answered = [...this.#rows.values()].filter((row) => row.ch === ch && row.how === 'answered');
    const others = answered.filter(({ by }) => by !== 'phone').length;
    push(this.#many, ch, { at, value: 2 * (answered.length - others) > others });
  }

  /** Whether it was so in the channel at that time or later, each answer that was true then. */
  since(channelId: string, from: number): readonly boolean[] {
    return since([{ at: 0, value: false }, ...(this.#many.get(channelId) ?? [])], from);
  }
}
