import { Screen } from '../parts/Screen';

export function NotFound() {
  return <Screen title="There is nothing here" intro="The address may be mistyped. Everything there is stands in the menu." children={null} />;
}
