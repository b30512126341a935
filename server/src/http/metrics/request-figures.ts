import { type Spread, startSpread } from '../../domain/spread.ts';

/** Requests of one method and route. */
type RouteFigures = { method: string; route: string; statuses: Map<number, number>; seconds: Spread };

export type RequestFigures = {
  /** `route` is the route's pattern, or null where none fits. */
  add(method: string, route: string | null, status: number, milliseconds: number): void;
  all(): Iterable<RouteFigures>;
};

const secondBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Counts requests by the patterns of routes, which are few: what a client makes up, a path or a method, is `other`. */
export function startRequestFigures(): RequestFigures {
  const byRoute = new Map<string, Map<string, RouteFigures>>();
  const of = (method: string, route: string): RouteFigures => {
    let byMethod = byRoute.get(route);
    if (!byMethod) {
      byMethod = new Map();
      byRoute.set(route, byMethod);
    }
    let figures = byMethod.get(method);
    if (!figures) {
      figures = { method, route, statuses: new Map(), seconds: startSpread(secondBounds) };
      byMethod.set(method, figures);
    }
    return figures;
  };
  return {
    add(method, route, status, milliseconds) {
      const { statuses, seconds } = isKnown(route) ? of(method, labelOf(route)) : of('other', 'other');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      seconds.add(milliseconds / 1000);
    },
    *all() {
      for (const byMethod of byRoute.values()) yield* byMethod.values();
    },
  };
}

function isKnown(route: string | null): route is string {
  return route !== null && route !== '*';
}

/** What a route is told by. Each file of the screens has a route of its own, named by its content. */
export function labelOf(route: string): string {
  return route.startsWith('/assets/') ? '/assets/*' : route;
}
