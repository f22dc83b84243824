import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { navigate } from 'wouter-preact/use-hash-location';
import { addressOf } from '../address.ts';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { Choose } from './choose.tsx';
import { Connected } from './connected.tsx';
import { guideOf } from './guides/guides.ts';
import { NewCredentials } from './new-credentials.tsx';
import { Refused } from './refused.tsx';
import { Wizard } from './wizard.tsx';

/**
 * The CRM: which one, or how it stands. `new/<crm>/<step>` is a step of connecting one, `credentials` gives new ones, and
 * `connected` and `refused/<code>` are where the CRM leads back to.
 */
export function CrmScreens({ settings, path }: ScreenProps): JSX.Element {
  const { crm: model } = settings;
  const [first, second, third] = path;
  return (
    <Ready of={model.connection}>
      {(connection) => {
        const guide = guideOf(connection?.crm ?? second ?? '');
        if (first === 'refused') return <Refused code={second ?? ''} guide={guideOf(connection?.crm ?? '')} />;
        if (connection && guide) {
          if (first === 'credentials') return <NewCredentials model={model} guide={guide} />;
          return first === undefined ? (
            <Connected settings={settings} connection={connection} guide={guide} />
          ) : (
            <Onward />
          );
        }
        if (first === 'new' && guide) return <Wizard key={guide.crm} model={model} guide={guide} at={third} />;
        return <Choose />;
      }}
    </Ready>
  );
}

/** What was connected meanwhile is shown at its own address. */
function Onward(): null {
  useEffect(() => navigate(addressOf('crm'), { replace: true }), []);
  return null;
}
