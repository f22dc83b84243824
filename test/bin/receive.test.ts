import { expect, test } from 'vitest';
import type { Demo } from '../../bin/demo/demo-calls.ts';
import { receive } from '../../bin/demo/receive.ts';
import { StepError } from '../../bin/terminal/errors.ts';

test.each(['x', '99999', '-1'])('a receiver of the demo says that nothing can listen at port %s', async (port) => {
  const receiving = receive({} as Demo, port);

  await expect(receiving).rejects.toThrow(StepError);
  await expect(receiving).rejects.toThrow('Nothing can listen there');
});
