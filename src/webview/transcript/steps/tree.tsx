import type { VNode } from 'preact';
import type { NodeRun } from '../../../conversation/steps.ts';
import type { Actions } from '../../actions.ts';
import { t } from '../../locale.ts';
import { Node, type NodeProperties } from './node.tsx';
import { roundsOf, type NodeTree } from '../../../conversation/nodeTree.ts';
import { Opening } from './opening.tsx';
import { stateOfAll } from './stepState.tsx';

interface Properties {
  readonly tree: NodeTree;
  /** Of the message. */
  readonly of: string;
  readonly actions: Actions;
}

/** The nodes of a run. A node is drawn again only when it changed, or when something changed in it. */
export function Tree({ tree, of, actions }: Properties): VNode {
  return (
    <ul class="tree" aria-label={t('workflowSteps')}>
      {nodesOf(tree.top, tree, of, actions)}
    </ul>
  );
}

function nodesOf(nodes: readonly NodeRun[], tree: NodeTree, of: string, actions: Actions): VNode[] {
  return nodes.map((node) => {
    const inside = tree.inside.get(node.id);
    const shared = { node, of, actions } satisfies Partial<NodeProperties>;
    if (inside === undefined) return <Node key={node.id} {...shared} inside={undefined} />;
    return (
      <Node key={node.id} {...shared} inside={() => <Inside nodes={inside} tree={tree} of={of} actions={actions} />} />
    );
  });
}

/** What is in an iteration or a loop: of several rounds each one opens for itself. */
function Inside({ nodes, tree, of, actions }: Properties & { readonly nodes: readonly NodeRun[] }): VNode {
  const rounds = [...roundsOf(nodes)];
  return (
    <ul>
      {rounds.length < 2
        ? nodesOf(nodes, tree, of, actions)
        : rounds.map(([round, inRound]) => (
            <Round key={round} n={round + 1} nodes={inRound} tree={tree} of={of} actions={actions} />
          ))}
    </ul>
  );
}

function Round({
  n,
  nodes,
  ...shared
}: Properties & { readonly n: number; readonly nodes: readonly NodeRun[] }): VNode {
  const state = stateOfAll(nodes);
  const seconds = nodes.reduce((sum, node) => sum + (node.seconds ?? 0), 0);
  return (
    <Opening
      state={state}
      title={t('round', { n })}
      seconds={seconds}
      startsOpen={state.icon === 'loading' || state.icon === 'error'}
      body={() => <ul>{nodesOf(nodes, shared.tree, shared.of, shared.actions)}</ul>}
    />
  );
}
