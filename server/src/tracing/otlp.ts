import { randomUUID } from 'node:crypto';
import type { Span as OtelSpan, Tracer } from '@opentelemetry/api';
import type { Sampler, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import packageJson from '../../package.json' with { type: 'json' };
import type { Settings } from '../settings.ts';
import type { Span } from './spans.ts';

/** One request, from its first byte to the last of its answer. */
export type RequestSpan = Span & {
  /** `route` is the route's pattern, or null where none fits. */
  answered(request: { method: string; route: string | null; status: number; id: string; isTls: boolean }): void;
};

export type Tracing = {
  /** `traceparent` as the caller sent it, of W3C Trace Context: what is none begins a trace of its own. */
  request(traceparent: unknown): RequestSpan;
  /** Sends what is left, for a moment. */
  close(): Promise<void>;
};

/** More of one request would fill the queue for nobody's use: a batch of 200 items has a thousand. */
const mostParts = 128;
const partingMilliseconds = 3000;
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Traces over OTLP when the settings name a receiver, else null: then nothing of it is even loaded. */
export async function openTracing(settings: Settings, log: Logger): Promise<Tracing | null> {
  const url = receiverOf(settings);
  if (url === null || settings.tracesOff) return null;
  const [api, core, sdk, exporting, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('@opentelemetry/resources'),
  ]);
  // What else the standard names, such as headers and certificates of the receiver, it reads by itself.
  const exporter = new exporting.OTLPTraceExporter({ url, timeoutMillis: settings.tracesMilliseconds });
  const { name, version } = { name: 'arca', version: packageJson.version };
  const told = resources.detectResources({ detectors: [resources.envDetector] });
  const own = { 'service.name': name, 'service.version': version, 'service.instance.id': randomUUID() };
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes(own).merge(told),
    sampler: samplerOf(sdk, settings),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: tellingOfFailures(exporter, log) })],
  });
  const tracer = provider.getTracer(name, version);
  return {
    request(traceparent) {
      const remote = typeof traceparent === 'string' ? core.parseTraceParent(traceparent) : null;
      const from = remote
        ? api.trace.setSpanContext(api.ROOT_CONTEXT, { ...remote, isRemote: true })
        : api.ROOT_CONTEXT;
      // One clock for a request and all its parts, or a part may seem to begin before it.
      const now = performance.now();
      const epoch = Date.now() - now;
      const span = tracer.startSpan('request', { kind: api.SpanKind.SERVER, startTime: epoch + now }, from);
      const parts = { left: span.isRecording() ? mostParts : 0 };
      return {
        ...spanOf(api, tracer, span, epoch, parts),
        answered({ method, route, status, id, isTls }) {
          const known = methods.has(method) ? method : '_OTHER';
          span.updateName(route === null ? known : `${known} ${route}`);
          span.setAttributes({
            'http.request.method': known,
            'http.response.status_code': status,
            'url.scheme': isTls ? 'https' : 'http',
            'arca.request_id': id,
            ...(route === null ? {} : { 'http.route': route }),
          });
          if (status >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR });
          span.end(epoch + performance.now());
        },
      };
    },
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, partingMilliseconds);
      });
      // A receiver that is gone was told of already.
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}

function receiverOf({ tracesUrl, otlpUrl }: Settings): string | null {
  // https://opentelemetry.io/docs/specs/otel/protocol/exporter/ : the one is taken as it is, the other gets a path.
  return tracesUrl ?? (otlpUrl === null ? null : `${otlpUrl.replace(/\/$/, '')}/v1/traces`);
}

function samplerOf(sdk: typeof import('@opentelemetry/sdk-trace'), settings: Settings): Sampler {
  const [, parentBased, kind] = /^(parentbased_)?(.*)$/.exec(settings.tracesSampler) ?? [];
  const root =
    kind === 'always_off'
      ? new sdk.AlwaysOffSampler()
      : kind === 'traceidratio'
        ? new sdk.TraceIdRatioBasedSampler(settings.tracesShare)
        : new sdk.AlwaysOnSampler();
  return parentBased ? new sdk.ParentBasedSampler({ root }) : root;
}

function spanOf(
  api: typeof import('@opentelemetry/api'),
  tracer: Tracer,
  span: OtelSpan,
  epoch: number,
  parts: { left: number },
): Span {
  return {
    begin(name, from = performance.now()) {
      if (parts.left === 0) return null;
      parts.left -= 1;
      const part = tracer.startSpan(name, { startTime: epoch + from }, api.trace.setSpan(api.ROOT_CONTEXT, span));
      return spanOf(api, tracer, part, epoch, parts);
    },
    end: (to = performance.now()) => span.end(epoch + to),
  };
}

/** One line when it begins to fail and one when it works again: what fails every few seconds must not fill the log. */
function tellingOfFailures(exporter: SpanExporter, log: Logger): SpanExporter {
  let isFailing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const failed = result.code !== 0;
        // A status or the system's word for it: what a message says may name hosts or quote the receiver.
        const { code } = (result.error ?? {}) as { code?: unknown };
        if (failed && !isFailing) log.warn({ cause: code ?? 'no answer' }, 'traces cannot be sent');
        if (!failed && isFailing) log.info('traces are sent again');
        isFailing = failed;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
