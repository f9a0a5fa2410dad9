//! The rights of the exchange with neighbours. What decides is never an auxiliary's.

identity::rights! {
    /// See which neighbour cities there are (查看邻市).
    SeeNeighbours = "neighbour.see", "查看邻市", decides = false, roles = ["operator", "shift_leader", "dispatcher", "administrator"];
    /// Set neighbour cities up (邻市对接).
    SetNeighbours = "neighbour.configure", "邻市对接", decides = true, roles = ["administrator"];
}
