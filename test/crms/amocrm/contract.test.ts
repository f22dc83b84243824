import { describeCrm } from '../contract.ts';
import { openAmocrm } from '../doubles/amocrm/rig.ts';

describeCrm('amoCRM', async () => openAmocrm());
