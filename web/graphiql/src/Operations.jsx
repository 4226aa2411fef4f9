import { useEffect } from 'react';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { groups } from './operations.js';

function Icon(props) {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.6" {...props}>
      <path d="M7 5h10M7 10h10M7 15h10" strokeLinecap="round" />
      <circle cx="3.4" cy="5" r=".7" fill="currentColor" />
      <circle cx="3.4" cy="10" r=".7" fill="currentColor" />
      <circle cx="3.4" cy="15" r=".7" fill="currentColor" />
    </svg>
  );
}

// Content lists every operation under headings. Twenty-three tabs don't fit on one line, and
// a closed tab must be easy to get back.
function Content() {
  const { addTab, changeTab } = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor } = useGraphiQL(state => ({
    tabs: state.tabs,
    activeTabIndex: state.activeTabIndex,
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
  }));
  const active = tabs[activeTabIndex]?.title;

  function open(operation) {
    const index = tabs.findIndex(tab => tab.title === operation.name);
    if (index >= 0) {
      changeTab(index);
      return;
    }
    addTab();
    queryEditor?.setValue(operation.query);
    variableEditor?.setValue(operation.variables);
  }

  return (
    <nav className="operations" aria-label="Operations">
      {groups.map(group => (
        <section key={group.heading}>
          <h2>{group.heading}</h2>
          <ul>
            {group.operations.map(operation => (
              <li key={operation.name}>
                <button
                  type="button"
                  aria-current={operation.name === active ? 'true' : undefined}
                  onClick={() => open(operation)}
                >
                  {operation.name}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

export const OPERATIONS_PLUGIN = { title: 'Operations', icon: Icon, content: Content };

// Comfort holds what GraphiQL has no property for: long comments wrap instead of running out of
// the editor, and the open tab is always in view.
export function Comfort() {
  const { query, variables, response, activeTabIndex } = useGraphiQL(state => ({
    query: state.queryEditor,
    variables: state.variableEditor,
    response: state.responseEditor,
    activeTabIndex: state.activeTabIndex,
  }));

  useEffect(() => {
    for (const editor of [query, variables, response]) {
      editor?.updateOptions({ wordWrap: 'on', wrappingIndent: 'indent', fontSize: 13.5 });
    }
  }, [query, variables, response]);

  useEffect(() => {
    document
      .getElementById(`graphiql-session-tab-${activeTabIndex}`)
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [activeTabIndex]);

  return null;
}
