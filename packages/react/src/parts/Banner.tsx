import { useEffect } from 'react';
import { useClient } from 'urql';
import { useConnection } from '../connection';
import { ProbeDocument } from '../gql/graphql';
import { Icon } from './Icon';
import { t } from '../words';

/** How often the server is asked whether it is back. */
const pace = 4000;

/** Says that what the page shows may be old, for as long as the server doesn't answer. */
export function Banner() {
  const client = useClient();
  const connection = useConnection();
  const down = connection === 'down';
  // Many screens ask nothing by themselves, such as the sign-in; any answer tells that the server is there.
  useEffect(() => {
    if (!down) {
      return;
    }
    const probe = () => client.query(ProbeDocument, {}, { requestPolicy: 'network-only' }).toPromise();
    probe();
    const timer = setInterval(probe, pace);
    return () => clearInterval(timer);
  }, [client, down]);
  return (
    <div className="banner" role="status">
      {connection !== 'up' && (
        <p>
          <Icon name="alert" />
          {connection === 'offline'
            ? t('banner.youreOfflineWhatYou')
            : t('banner.weCantReachThe')}
        </p>
      )}
    </div>
  );
}
