import { useConnection } from '../connection';
import { Icon } from './Icon';

/** Says that what the page shows may be old, for as long as the server doesn't answer. */
export function Banner() {
  const connection = useConnection();
  return (
    <div className="banner" role="status">
      {connection !== 'up' && (
        <p>
          <Icon name="alert" />
          {connection === 'offline'
            ? 'You’re offline. What you see may be out of date, and nothing can be changed.'
            : 'We can’t reach the server. What you see may be out of date; this page keeps trying.'}
        </p>
      )}
    </div>
  );
}
