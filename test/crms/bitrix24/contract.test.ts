import { describeCrm } from '../contract.ts';
import { openBitrix24 } from '../doubles/bitrix24/rig.ts';

describeCrm('Bitrix24', async () => openBitrix24());
