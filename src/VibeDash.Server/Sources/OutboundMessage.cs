namespace VibeDash.Server.Sources;

/// <summary>A message published by the server.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its payload.</param>
/// <param name="Retain">True for a retained message, sent with QoS 1; others use QoS 0.</param>
internal sealed record OutboundMessage(string Topic, byte[] Payload, bool Retain);
