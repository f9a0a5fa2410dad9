//! The rights of property. What decides is never an auxiliary's.

identity::rights! {
    /// See items, places, stock-takes and balances (查看涉案财物).
    SeeProperty = "property.see", "查看涉案财物", decides = false, roles = ["officer", "legal_reviewer", "leader", "evaluator", "shift_leader", "administrator"];
    /// Enter items and vehicles, move them, take stock (财物登记、出入库、盘点).
    KeepProperty = "property.keep", "登记、保管涉案财物", decides = true, roles = ["officer", "leader"];
    /// Settle the differences of a stock-take that another person took (处理盘点差异).
    SettleStocktakes = "property.settle", "处理盘点差异", decides = true, roles = ["officer", "leader"];
    /// Set storage places up (设置保管场所).
    KeepPlaces = "property.places", "设置保管场所", decides = true, roles = ["leader", "administrator"];
    /// See who fetched something, with a reason (查看取回人信息).
    RevealFetchers = "property.reveal", "查看取回人信息", decides = true, roles = ["officer", "leader"];
}
