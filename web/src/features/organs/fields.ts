/** The fields of an organ's settings, in the order people fill them in; which must be there. */
import type { OrganFacts } from "../../api/papers";

export type OrganField = keyof OrganFacts;

export const organFields: readonly [OrganField, string, boolean][] = [
  ["name", "机关全称", true], ["word", "机关代字", true], ["address", "地址", false], ["postcode", "邮政编码", false], ["telephone", "联系电话", false],
  ["review_body", "行政复议机关", false], ["review_address", "复议机关地址", false], ["court", "有管辖权的人民法院", false],
  ["bank", "收款银行（缴款管理未设置时使用）", false], ["bank_address", "银行地址", false], ["account", "收款账号", false],
];
