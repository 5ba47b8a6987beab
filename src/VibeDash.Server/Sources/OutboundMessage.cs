namespace VibeDash.Server.Sources;

/// <summary>A message that the server itself publishes.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its payload.</param>
/// <param name="Retain">True when the broker is to keep it for those who subscribe later; then it goes out with QoS 1, else with QoS 0.</param>
internal sealed record OutboundMessage(string Topic, byte[] Payload, bool Retain);
