import { useState } from 'react';
import { useQuery } from 'urql';
import { device } from '../device';
import { ActivityDocument } from '../gql/graphql';
import { Button } from '../parts/Button';
import { Icon } from '../parts/Icon';
import { Card, Screen, Waiting } from '../parts/Screen';
import { formatTime } from '../time';

export function Activity() {
  // Where each shown page begins; pages stay where they are, since new events come before the first.
  const [pages, setPages] = useState<(string | null)[]>([null]);
  return (
    <Screen title="Activity" intro="What was done with your account, and what was tried. If it wasn’t you, change your password.">
      <Card>
        {pages.map((after, at) => (
          <Page key={after} after={after} more={at === pages.length - 1 ? cursor => setPages([...pages, cursor]) : undefined} />
        ))}
      </Card>
    </Screen>
  );
}

function Page({ after, more }: { after: string | null; more: ((cursor: string) => void) | undefined }) {
  const [{ data, error }, again] = useQuery({ query: ActivityDocument, variables: { after } });
  if (!data?.account.activity) {
    return <Waiting error={error} again={again} />;
  }
  const { edges, pageInfo } = data.account.activity;
  const { endCursor, hasNextPage } = pageInfo;
  return (
    <>
      <ul className="rows">
        {edges.map(({ cursor, node }) => (
          <li key={cursor} className="row">
            <div>
              <p className="row-title event">
                {node.outcome !== 'SUCCESS' && <Icon name="alert" />}
                {node.description}
              </p>
              <p className="row-detail">
                <time dateTime={node.at}>{formatTime(node.at)}</time>
                {node.userAgent !== null && ` · ${device(node.userAgent)}`}
                {node.ip !== null && ` · ${node.ip}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {more && hasNextPage && endCursor !== null && (
        <div className="actions">
          <Button onClick={() => more(endCursor)}>Show more</Button>
        </div>
      )}
    </>
  );
}
