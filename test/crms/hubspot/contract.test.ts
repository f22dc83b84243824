import { describeCrm } from '#test/crms/contract';
import { openHubspot } from '#test/crms/doubles/hubspot/rig';

describeCrm('HubSpot', () => openHubspot());
