import { Alert, Button, Flex, hubspot, LoadingSpinner } from '@hubspot/ui-extensions';
import { useCallback, useState } from 'react';

/** The address of frames that Konvert shows in its settings. `permittedUrls` of the app names its host. */
const FRAME_URL = 'https://konvert.example/webhooks/frame/hubspot/CONNECTION';

const WORDS = {
  en: { open: 'Open the chats', title: 'The chats were not opened', failed: 'Konvert did not answer. Try again.' },
  ru: { open: 'Открыть переписку', title: 'Переписка не открылась', failed: 'Konvert не ответил. Попробуйте ещё раз.' },
};

hubspot.extend(({ context, actions }) => <Konvert context={context} actions={actions} />);

/** Opens Konvert's page for the user who looks: HubSpot signs the request, and says in it who that is. */
function Konvert({ context, actions }) {
  const { crm, user } = context;
  const language = user.locale?.startsWith('ru') ? 'ru' : 'en';
  const words = WORDS[language];
  const [isLoading, setLoading] = useState(false);
  const [refusal, setRefusal] = useState('');

  const open = useCallback(async () => {
    setLoading(true);
    setRefusal('');
    try {
      const body = { objectId: crm.objectId, objectTypeId: crm.objectTypeId };
      const response = await hubspot.fetch(`${FRAME_URL}?lang=${language}`, { method: 'POST', timeout: 10_000, body });
      const { url, description } = await response.json();
      if (url) actions.openIframeModal({ uri: url, title: 'Konvert', height: 800, width: 1200 });
      else setRefusal(description || words.failed);
    } catch {
      setRefusal(words.failed);
    }
    setLoading(false);
  }, [crm, actions, language, words]);

  if (isLoading) return <LoadingSpinner label="Konvert" />;
  return (
    <Flex direction="column" gap="small">
      {refusal !== '' && (
        <Alert title={words.title} variant="warning">
          {refusal}
        </Alert>
      )}
      <Button onClick={open}>{words.open}</Button>
    </Flex>
  );
}
