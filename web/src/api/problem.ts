/** A refused or failed request, in words for the person in front of the page. */
import type { FieldProblem, ProblemBody } from "./contract";

export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  /** The article or rule that refused. */
  readonly citation: string | null;
  readonly fields: FieldProblem[];

  constructor(body: ProblemBody) {
    super(body.detail ?? body.title ?? wordsForStatus(body.status));
    this.name = "Problem";
    this.code = body.code;
    this.status = body.status;
    this.citation = body.citation ?? null;
    this.fields = body.fields ?? [];
  }

  field(name: string): string | undefined {
    return this.fields.find((it) => it.field === name)?.detail;
  }

  /** True when somebody else changed the docket since this page read it. */
  get stale(): boolean {
    return this.code === "version-conflict" || this.status === 412;
  }

  /** True when the request never reached the server, so that sending it again is safe with the same key. */
  get offline(): boolean {
    return this.code === "offline";
  }
}

export function wordsForStatus(status: number): string {
  if (status === 401) return "登录已失效，请重新登录。";
  if (status === 403) return "您没有办理这项业务的权限。";
  if (status === 404) return "没有找到，可能已被移除或不在您的管辖范围内。";
  if (status === 412) return "这件线索刚刚被他人更新，已为您载入最新内容，请核对后再办理。";
  if (status === 413) return "文件太大，请压缩后重试。";
  if (status === 429) return "操作太频繁，请稍候再试。";
  if (status >= 500) return "服务暂时不可用，请稍后重试；您填写的内容仍在页面上。";
  return "请求没有成功，请重试。";
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DOMException && error.name === "AbortError") {
    return new Problem({ status: 0, code: "aborted", detail: "请求已取消。" });
  }
  if (error instanceof TypeError) {
    return new Problem({ status: 0, code: "offline", detail: "连不上服务器，请检查网络后重试。" });
  }
  return new Problem({ status: 0, code: "unexpected", detail: "页面出现意外错误，请重试。" });
}
