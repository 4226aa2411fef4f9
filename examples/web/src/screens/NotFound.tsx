import { Link } from 'wouter';
import { Screen } from '../parts/Screen';

export function NotFound() {
  return (
    <Screen title="There is nothing here" intro="The address may be mistyped. All that there is can be reached from the overview.">
      <p>
        <Link href="/" className="button primary">
          Go to your account
        </Link>
      </p>
    </Screen>
  );
}
