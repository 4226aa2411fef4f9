import 'graphiql/setup-workers/vite';
// GraphiQL's own style.css would bring Monaco's styles a second time and 400 kB of fonts.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './page.css';

import { createRoot } from 'react-dom/client';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createApi } from './api.js';
import { Bar } from './Bar.jsx';
import { createMemoryStorage } from './memory-storage.js';
import { operations } from './operations.js';
import { Comfort, OPERATIONS_PLUGIN } from './Operations.jsx';

const plugins = [OPERATIONS_PLUGIN, HISTORY_PLUGIN];

// GraphiQL reads the sizes of its panes from its storage, so that is where they are set.
const storage = createMemoryStorage({
  'graphiql:docExplorerFlex': '0.25',
  'graphiql:editorFlex': '1.2',
  'graphiql:secondaryEditorFlex': '1.5',
});

const tabs = operations.map(({ query, variables }) => ({ query, variables }));

function Page({ api }) {
  return (
    <>
      <Bar api={api} />
      <main>
        <GraphiQL
          fetcher={api.fetcher}
          storage={storage}
          plugins={plugins}
          visiblePlugin={OPERATIONS_PLUGIN}
          defaultTabs={tabs}
          initialVariables={tabs[0].variables}
          defaultEditorToolsVisibility="variables"
          shouldPersistHeaders={false}
          inputValueDeprecation
          schemaDescription
        >
          <GraphiQL.Logo>
            <span />
          </GraphiQL.Logo>
          <Comfort />
        </GraphiQL>
      </main>
    </>
  );
}

async function start() {
  const root = createRoot(document.getElementById('page'));
  try {
    const response = await fetch('/graphiql/config.json', { cache: 'no-store' });
    if (!response.ok) {
      throw new Error(`HTTP status ${response.status}`);
    }
    const { apiKey } = await response.json();
    root.render(<Page api={createApi(apiKey)} />);
  } catch (error) {
    root.render(
      <p className="loading" role="alert">
        The settings of this page can't be loaded ({error.message}). Is AccountQL still running?
        Reload to try again.
      </p>,
    );
  }
}

start();
